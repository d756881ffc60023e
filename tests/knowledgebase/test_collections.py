"""Collections: what visitors find in them, and how they choose."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify
from wagtail.models import PageViewRestriction

from home.setup import ensure_home
from knowledgebase.models import CollectionItemPage, CollectionPage

from .pages import theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> CollectionPage:
    return ensure_home().add_child(instance=CollectionPage(title="Online hulp", slug="hulp", kind="directory"))


def add(directory: CollectionPage, title: str, *, live: bool = True, **fields: Any) -> CollectionItemPage:
    item = CollectionItemPage(title=title, slug=slugify(title), live=live, provider="Iemand (fictief)", **fields)
    return directory.add_child(instance=item)


def shown(client: Client, page: CollectionPage, **chosen: str) -> list[str]:
    soup = BeautifulSoup(client.get(page.url, chosen).content, "html.parser")
    return [link.text for link in soup.select("main .gs-list__title")]


def test_collection_lists_what_everyone_may_read(client: Client, directory: CollectionPage) -> None:
    add(directory, "Chat")
    add(directory, "Concept", live=False)
    PageViewRestriction.objects.create(page=add(directory, "Afgesloten"), restriction_type="login")

    assert shown(client, directory) == ["Chat"]


def test_who_chooses_a_province_also_finds_what_is_for_the_whole_country(
    client: Client, directory: CollectionPage
) -> None:
    add(directory, "Drents", region="drenthe")
    add(directory, "Landelijk", region="")
    add(directory, "Utrechts", region="utrecht")

    assert shown(client, directory, regio="utrecht") == ["Landelijk", "Utrechts"]
    assert "Heel Nederland" in client.get(directory.url, {"regio": "utrecht"}).content.decode()


@pytest.mark.parametrize(
    ("facet", "field", "chosen", "found"),
    [
        ("samen", "group_wise", "group", ["both", "group"]),
        ("samen", "group_wise", "single", ["both", "single"]),
        ("samen", "group_wise", "both", ["both"]),
        ("voor", "audience", "close_ones", ["close_ones", "everyone"]),
        ("voor", "audience", "everyone", ["everyone"]),
        ("soort", "provider_kind", "social_work", ["social_work"]),
    ],
)
def test_choice_keeps_what_fits_all(
    client: Client, directory: CollectionPage, facet: str, field: str, chosen: str, found: list[str]
) -> None:
    values = {
        "group_wise": ["group", "single", "both"],
        "audience": ["everyone", "close_ones", "professionals"],
        "provider_kind": ["social_work", "welfare", ""],
    }
    for value in values[field]:
        add(directory, value or "leeg", **{field: value})

    assert shown(client, directory, **{facet: chosen}) == found


def test_choices_are_taken_together(client: Client, directory: CollectionPage) -> None:
    about = theme("Rouw")
    add(directory, "Past", region="utrecht", group_wise="group", theme=about)
    add(directory, "Ander thema", region="utrecht", group_wise="group")
    add(directory, "Andere plaats", region="drenthe", group_wise="group", theme=about)

    assert shown(client, directory, regio="utrecht", samen="group", domein="psychological") == ["Past"]


@pytest.mark.parametrize("asked", [{"regio": "xx"}, {"samen": "'; --"}, {"onzin": "1"}, {"pagina": "x"}])
def test_what_is_no_choice_of_ours_is_left_out(
    client: Client, directory: CollectionPage, asked: dict[str, str]
) -> None:
    add(directory, "Chat", region="drenthe")

    assert shown(client, directory, **asked) == ["Chat"]


def test_nothing_left_says_what_to_do(client: Client, directory: CollectionPage) -> None:
    add(directory, "Drents", region="drenthe")

    page = client.get(directory.url, {"regio": "utrecht"}).content.decode()

    assert "Kies iets minder" in page


def test_what_somebody_chose_is_kept_for_nobody_else(client: Client, directory: CollectionPage) -> None:
    assert "no-store" in client.get(directory.url, {"regio": "utrecht"})["Cache-Control"]
    assert "no-store" not in client.get(directory.url)["Cache-Control"]


def test_collection_asks_the_same_of_the_database_for_1_and_20_items(
    client: Client, directory: CollectionPage, django_assert_num_queries: Any
) -> None:
    add(directory, "Een", theme=theme())
    client.get(directory.url, {"regio": "utrecht"})
    with CaptureQueriesContext(connection) as one:
        client.get(directory.url, {"regio": "utrecht"})
    for number in range(19):
        add(directory, f"Meer {number}", theme=theme())

    with django_assert_num_queries(len(one)):
        client.get(directory.url, {"regio": "utrecht"})
