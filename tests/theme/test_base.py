"""The page around everything: what it says to whom, and what it keeps to itself."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory


def soup_of(template: str, user=None, **context) -> BeautifulSoup:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = {}
    names = {"site_name": "Kring", "site_neutral_name": "Kring"}
    return BeautifulSoup(render_to_string(template, {**names, **context}, request), "html.parser")


@pytest.mark.django_db
def test_base_for_anonymous_holds_no_token_and_no_log_out():
    soup = soup_of("base.html")

    assert soup.select("[name=csrfmiddlewaretoken], form[method=post], [data-gs-private]") == []


@pytest.mark.django_db
def test_base_for_member_logs_out_by_post_and_never_shows_the_log_in_name():
    ben = get_user_model().objects.create_user("ben-geheim", password="x")

    soup = soup_of("base.html", ben)

    assert soup.select("form[method=post] [name=csrfmiddlewaretoken]")
    assert soup.select_one("body[data-gs-private]")
    assert "ben-geheim" not in str(soup)


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["base.html", "groupspace/layouts/base.html", "404.html"])
def test_title_is_only_the_neutral_name_when_asked_for(template):
    assert soup_of(template, neutral_title=True, site_neutral_name="Weerpraat").title.text == "Weerpraat"


@pytest.mark.django_db
def test_title_of_private_pages_names_no_group():
    soup = soup_of("groupspace/layouts/base.html", space={"name": "Rouwgroep"}, page={"title": "Rouwgroep"})

    assert soup.title.text == "Mijn groep – Kring"


@pytest.mark.django_db
def test_every_page_has_exit_help_search_and_way_back():
    soup = soup_of("base.html", breadcrumbs=[("Home", "/"), ("Lees", "")])

    assert soup.select_one("a[data-gs-exit]")["href"] == "/weg/"
    assert [link["href"] for link in soup.select(".gs-crisis a")][:3] == ["tel:112", "tel:113", "tel:08002000"]
    assert soup.select_one("form[role=search] input[name=q]")
    assert soup.select_one(".gs-crumbs [aria-current=page]").text == "Lees"
    assert soup.select_one("a.gs-skip")["href"] == "#" + soup.main["id"]
    assert soup.html["lang"] == "nl"
    assert len(soup.select("link[rel=stylesheet]")) <= 3


@pytest.mark.django_db
def test_remembered_parts_follow_what_staff_change():
    first = soup_of("base.html", site_menu=[{"label": "Lees", "url": "/lees/", "current": False}])
    second = soup_of("base.html", site_menu=[{"label": "Weetjes", "url": "/weetjes/", "current": True}])

    assert first.select_one(".gs-nav").text.strip() == "Lees"
    assert second.select_one(".gs-nav").text.strip() == "Weetjes"
    assert second.select_one(".gs-nav [aria-current]")


@pytest.mark.django_db
def test_remembered_parts_of_a_member_never_reach_a_visitor():
    soup_of("base.html", get_user_model().objects.create_user("ben", password="x"), site_name="Eigen naam")

    soup = soup_of("base.html", site_name="Eigen naam")

    assert soup.select("[name=csrfmiddlewaretoken]") == []
    assert "Uitloggen" not in str(soup)
