"""Menu, footer and names: from memory, and true again after every change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from home.context_processors import site
from home.models import SiteIdentity, SiteNavigation
from tests.knowledgebase.pages import make_plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(django_capture_on_commit_callbacks: Any) -> Page:
    page = make_plain()
    with django_capture_on_commit_callbacks(execute=True):
        navigation = SiteNavigation.for_site(Site.objects.get())
        navigation.menu = [
            ("link", {"label": "Over", "page": page, "address": ""}),
            ("link", {"label": "Zoek", "page": None, "address": "/zoeken/"}),
        ]
        navigation.footer = [("link", {"label": "Buiten", "page": None, "address": "https://example.nl/"})]
        navigation.save()
    return page


def test_menu_costs_no_query_once_known(rf: RequestFactory, about: Page, django_assert_num_queries: Any) -> None:
    site(rf.get("/"))

    with django_assert_num_queries(0):
        context = site(rf.get("/over-ons/"))

    assert context["site_menu"] == [
        {"label": "Over", "url": "/over-ons/", "current": True},
        {"label": "Zoek", "url": "/zoeken/", "current": False},
    ]
    assert context["site_footer"] == [{"label": "Buiten", "url": "https://example.nl/"}]
    assert (context["site_name"], context["site_neutral_name"]) == ("Kring", "Informatie")


def test_page_below_a_menu_item_marks_it(rf: RequestFactory, about: Page) -> None:
    assert site(rf.get("/over-ons/team/"))["site_menu"][0]["current"]
    assert not site(rf.get("/over-ons-niet/"))["site_menu"][0]["current"]


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict"])
def test_page_that_is_no_longer_public_leaves_the_menu(
    rf: RequestFactory, about: Page, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    assert len(site(rf.get("/"))["site_menu"]) == 2

    with django_capture_on_commit_callbacks(execute=True):
        if how == "restrict":
            about.view_restrictions.create(restriction_type="login")
        else:
            getattr(about, how)()

    assert [item["label"] for item in site(rf.get("/"))["site_menu"]] == ["Zoek"]


def test_new_address_of_a_page_is_followed(
    rf: RequestFactory, about: Page, django_capture_on_commit_callbacks: Any
) -> None:
    site(rf.get("/"))

    with django_capture_on_commit_callbacks(execute=True):
        about.slug = "wie-wij-zijn"
        about.save_revision().publish()

    assert site(rf.get("/"))["site_menu"][0]["url"] == "/wie-wij-zijn/"


def test_new_name_shows_at_once(rf: RequestFactory, django_capture_on_commit_callbacks: Any) -> None:
    site(rf.get("/"))

    with django_capture_on_commit_callbacks(execute=True):
        identity = SiteIdentity.for_site(Site.objects.get())
        identity.name = "De Kring"
        identity.save()

    assert site(rf.get("/"))["site_name"] == "De Kring"


def test_site_without_a_tree_has_an_empty_menu(rf: RequestFactory) -> None:
    Site.objects.all().delete()

    assert site(rf.get("/"))["site_menu"] == []
