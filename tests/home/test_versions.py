"""Agreements keep their earlier versions: anyone can read what held when."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import ContentPage
from tests.knowledgebase.pages import make_plain, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules() -> ContentPage:
    page = make_plain("Huisregels", "Praat vanuit jezelf.")
    page.shows_versions = True
    page.save_revision().publish()
    page.body = [text("Noem geen namen.")]
    page.save_revision().publish()
    return page


def main(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def test_page_says_which_version_holds(client: Client, rules: ContentPage) -> None:
    page = main(client, rules.url)

    assert "Versie 2, van" in page.get_text()
    assert "Noem geen namen." in page.get_text()
    assert "Praat vanuit jezelf." not in page.get_text()
    assert [link["href"] for link in page.select("details a")] == ["?versie=2", "?versie=1"]


def test_earlier_version_can_be_read_and_says_that_it_is_old(client: Client, rules: ContentPage) -> None:
    page = main(client, f"{rules.url}?versie=1")

    assert "Praat vanuit jezelf." in page.get_text()
    assert "Noem geen namen." not in page.get_text()
    assert "Deze tekst geldt niet meer." in page.get_text()


def test_draft_is_no_version(client: Client, rules: ContentPage) -> None:
    rules.body = [text("Nog niet besloten.")]
    rules.save_revision()

    for url in (rules.url, f"{rules.url}?versie=1", f"{rules.url}?versie=2"):
        assert "Nog niet besloten." not in main(client, url).get_text()
    assert client.get(f"{rules.url}?versie=3").status_code == 404


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "1%00"])
def test_version_that_never_was_is_not_found(client: Client, rules: ContentPage, number: str) -> None:
    assert client.get(f"{rules.url}?versie={number}").status_code == 404


def test_plain_page_keeps_its_past_to_itself(client: Client) -> None:
    page = make_plain("Over ons", "Wie wij waren.")
    page.body = [text("Wie wij zijn.")]
    page.save_revision().publish()

    assert "Wie wij waren." not in main(client, f"{page.url}?versie=1").get_text()
