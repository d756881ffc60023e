"""The CMS is ours: our name and mark, our manual, and no way to the sites of others."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from home.setup import ensure_home
from tests.knowledgebase.pages import make_plain

pytestmark = pytest.mark.django_db


def screens() -> list[str]:
    page = make_plain()
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[ensure_home().pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailadmin_account"),
        reverse("home_manual"),
    ]


def test_every_screen_has_our_name_and_mark(beheer: Client) -> None:
    for screen in screens():
        soup = BeautifulSoup(beheer.get(screen).content, "html.parser")

        assert soup.title.get_text().strip().endswith("- Kring"), screen
        assert soup.select_one("link[rel=icon]")["href"].endswith("theme/img/mark.svg"), screen
        brand = soup.select_one("template[data-wagtail-sidebar-branding-logo]")
        assert "Kring" in brand.get_text(), screen
        assert brand.select_one("svg"), screen
        assert soup.select("link[href$='home/brand.css']"), screen


def test_no_screen_leads_to_the_makers_of_the_cms(beheer: Client, redactie: Client) -> None:
    for screen in screens():
        for client in (beheer, redactie):
            body = client.get(screen).content.decode()
            assert not re.findall(r"https?://[\w.]*wagtail[\w.]*", body), screen


def test_first_screen_leads_to_our_manual(redactie: Client) -> None:
    soup = BeautifulSoup(redactie.get(reverse("wagtailadmin_home")).content, "html.parser")

    assert soup.select(f"main a[href='{reverse('home_manual')}']")
    assert soup.h1.get_text().strip() == "Kring"
