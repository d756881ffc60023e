"""A new page can begin with an example, for which the editor need know nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client
from django.urls import reverse

from home import examples
from home.setup import ensure_home
from tests.knowledgebase.pages import make_index

pytestmark = pytest.mark.django_db
TYPES = sorted(file.stem for file in Path("site/home/examples").glob("*.json"))


def editor(client: Client, label: str, parent: int, query: str = "") -> BeautifulSoup:
    address = reverse("wagtailadmin_pages:add", args=[*label.lower().split("."), parent])
    response = client.get(address + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_there_are_examples() -> None:
    assert "knowledgebase.TopicPage" in TYPES


@pytest.mark.parametrize("label", TYPES)
def test_example_fits_its_page_type(label: str) -> None:
    page = apps.get_model(label)(slug="voorbeeld")
    examples.fill(page)
    assert page.title


@pytest.mark.parametrize("label", ["knowledgebase_stepplans.StepPlanPage", "knowledgebase_quickscan.QuickScanPage"])
def test_example_that_can_be_walked_has_no_loose_ends(label: str) -> None:
    page = apps.get_model(label)(slug="voorbeeld")
    examples.fill(page)

    assert page.loose_ends() == {}


def test_what_staff_build_most_begins_with_an_example() -> None:
    assert {
        "knowledgebase.ArticlePage",
        "knowledgebase.CollectionItemPage",
        "knowledgebase.MethodPage",
        "knowledgebase_news.CallPage",
        "knowledgebase_news.EventPage",
        "knowledgebase_news.NewsPage",
        "knowledgebase_newsletter.IssuePage",
        "knowledgebase_quickscan.QuickScanPage",
        "knowledgebase_stepplans.StepPlanPage",
        "knowledgebase_techniques.TechniquePage",
    } <= set(TYPES)


@pytest.mark.parametrize("label", [label for label in TYPES if label.split(".")[1] in ("CallPage", "StepPlanPage")])
def test_editor_opens_with_what_the_example_says(redactie: Client, label: str) -> None:
    filled = editor(redactie, label, ensure_home().pk, "?voorbeeld=1")

    example = json.loads(examples.file_for(apps.get_model(label)).read_text(encoding="utf-8"))
    assert filled.select_one("[name=title]")["value"] == example["title"]
    assert filled.select_one("textarea[name=summary]").text.strip() == example["summary"]


def test_editor_offers_the_example_and_fills_it_in(redactie: Client) -> None:
    index = make_index()

    empty = editor(redactie, "knowledgebase.TopicPage", index.pk)
    filled = editor(redactie, "knowledgebase.TopicPage", index.pk, "?voorbeeld=1")

    assert empty.select_one("a[href$='?voorbeeld=1']")
    assert not empty.select_one("textarea[name=summary]").text.strip()
    assert "het belangrijkste" in filled.select_one("textarea[name=summary]").text
    assert "zoals iemand het zelf zegt" in filled.decode()


def test_page_type_without_example_offers_none(redactie: Client) -> None:
    page = editor(redactie, "knowledgebase.KnowledgeIndexPage", ensure_home().pk, "?voorbeeld=1")

    assert not page.select_one("a[href$='voorbeeld=1']")


def test_manual_stands_beside_the_work(redactie: Client) -> None:
    page = BeautifulSoup(redactie.get(reverse("home_manual")).content, "html.parser")

    assert page.select_one("h1").get_text(strip=True) == "Handleiding voor de redactie"
    assert "Zo schrijf je" in [heading.text for heading in page.select("h2")]
    assert "**" not in page.get_text()
    assert "|" not in page.main.get_text()


def test_manual_for_groups_is_for_who_keeps_the_register(redactie: Client, beheer: Client) -> None:
    address = f"{reverse('home_manual')}?over=groepen"

    def heading(client: Client) -> str:
        return BeautifulSoup(client.get(address).content, "html.parser").select_one("h1").get_text(strip=True)

    assert heading(beheer) == "Handleiding voor het beheer"
    assert heading(redactie) == "Handleiding voor de redactie"


def test_manual_is_for_staff(client: Client) -> None:
    assert client.get(reverse("home_manual")).status_code == 302
