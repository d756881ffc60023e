"""The public list of groups: what a stranger may know, and not one thing more."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groupspace.listing.models import GroupIndexPage
from groupspace.models import Region, Space
from home.setup import ensure_home
from knowledgebase.ideas.models import IdeasPage
from knowledgebase.models import Theme, TopicPage
from tests.cast import add_member, make_space, make_user
from tests.valid_html import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> GroupIndexPage:
    return ensure_home().add_child(instance=GroupIndexPage(title="Praat mee", slug="praat-mee"))


def listed(**fields: Any) -> Space:
    return make_space(**{"visibility": "listed", "join_policy": "request", **fields})


def names(client: Client, page: GroupIndexPage) -> list[str]:
    response = client.get(page.url)
    assert response.status_code == 200
    return [card.text for card in BeautifulSoup(response.content, "html.parser").select("main .gs-card__title")]


def test_list_shows_listed_groups_only(client: Client, page: GroupIndexPage) -> None:
    listed(name="Rust in je hoofd")
    make_space(name="Verborgen groep", visibility="hidden")
    listed(name="Gesloten groep", state="closed")

    assert names(client, page) == ["Rust in je hoofd"]


def test_list_never_shows_a_group_for_professionals_to_visitors(client: Client, page: GroupIndexPage) -> None:
    listed(name="Voor iedereen")
    Space.objects.create(name="Onder collega's", summary="x", kind="intervision", visibility="listed")

    assert names(client, page) == ["Voor iedereen"]


def test_list_tells_places_but_no_names(client: Client, page: GroupIndexPage) -> None:
    space = listed(name="Rust", capacity=4, welcome="Alleen voor leden", display_name="Leidster Loes")
    add_member(space, make_user("privelogin"), "Zonnebloem")

    content = client.get(page.url).content.decode()

    assert "nog 2 plekken" in content
    assert space.organisation.name in content
    for secret in ("Zonnebloem", "privelogin", "Alleen voor leden"):
        assert secret not in content


@pytest.mark.parametrize(("capacity", "words"), [(1, "nu vol"), (2, "nog 1 plek"), (None, "")])
def test_list_says_when_a_group_is_full(client: Client, page: GroupIndexPage, capacity: int | None, words: str) -> None:
    listed(name="Rust", capacity=capacity)

    content = client.get(page.url).content.decode()

    assert words in content
    assert ("plek" in content or "nu vol" in content) is bool(words)


def test_list_is_never_kept(client: Client, page: GroupIndexPage) -> None:
    response = client.get(page.url)

    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


def test_list_has_a_calm_empty_state(client: Client, page: GroupIndexPage) -> None:
    assert "Hier komen de groepen" in client.get(page.url).content.decode()


@pytest.mark.parametrize("number", ["0", "x", "99"])
def test_list_survives_odd_page_numbers(client: Client, page: GroupIndexPage, number: str) -> None:
    listed(name="Rust")

    assert client.get(page.url, {"page": number}).status_code == 200


def test_list_asks_the_same_of_the_database_for_1_and_12_groups(
    client: Client, page: GroupIndexPage, django_assert_num_queries: Any
) -> None:
    listed(name="Een")
    client.get(page.url)
    with CaptureQueriesContext(connection) as one:
        client.get(page.url)
    for count in range(11):
        listed(name=f"Groep {count}")

    with django_assert_num_queries(len(one)):
        client.get(page.url)


def test_list_can_be_asked_for_one_theme(client: Client, page: GroupIndexPage) -> None:
    listed(name="Rust in je hoofd", theme="Piekeren en slapen")
    listed(name="Grip op geld", theme="Geldzorgen")
    make_space(name="Verborgen groep", visibility="hidden", theme="Geldzorgen")

    response = client.get(page.url, {"thema": "geldzorgen"})

    cards = BeautifulSoup(response.content, "html.parser").select("main .gs-card__title")
    assert [card.text for card in cards] == ["Grip op geld"]


def test_theme_without_a_group_shows_the_other_groups(client: Client, page: GroupIndexPage) -> None:
    listed(name="Grip op geld", theme="Geldzorgen")
    make_space(name="Verborgen groep", visibility="hidden", theme="Geldzorgen")

    soup = BeautifulSoup(client.get(page.url, {"thema": "<b>Rouw\x00"}).content, "html.parser")

    assert soup.select_one(".gs-empty__title").text == "Er is nu geen groep over dit thema"
    assert [card.text for card in soup.select("main .gs-card__title")] == ["Grip op geld"]
    assert not soup.select("main b")


def test_theme_without_a_group_leads_on_to_reading_and_to_asking_for_one(client: Client, page: GroupIndexPage) -> None:
    home = ensure_home()
    theme = Theme.objects.create(name="Rouw en verlies", slug="rouw", domain="psychological")
    other = Theme.objects.create(name="Geldzorgen", slug="geldzorgen", domain="societal")
    for title, about, live in (("Rouw", theme, True), ("Concept", theme, False), ("Geld", other, True)):
        home.add_child(instance=TopicPage(title=title, theme=about, live=live))
    home.add_child(instance=IdeasPage(title="Denk mee", slug="denk-mee"))

    content = client.get(page.url, {"thema": "rouw en verlies"}).content
    soup = BeautifulSoup(content, "html.parser")

    assert faults(content) == []
    links = {link.text: link["href"] for link in soup.select("[aria-labelledby=elders] a")}
    assert links == {
        "Lees: Rouw": "/rouw/",
        "Wil je een groep over dit thema?": "/denk-mee/?thema=rouw#jouw-idee",
    }
    filled_in = BeautifulSoup(client.get(links["Wil je een groep over dit thema?"]).content, "html.parser")
    assert filled_in.select_one("[name=problem]").text.strip() == "Rouw en verlies"


def test_list_with_a_group_about_the_theme_sends_nobody_elsewhere(client: Client, page: GroupIndexPage) -> None:
    listed(name="Grip op geld", theme="Geldzorgen")

    assert b"elders" not in client.get(page.url, {"thema": "Geldzorgen"}).content


def card(client: Client, page: GroupIndexPage) -> str:
    return BeautifulSoup(client.get(page.url).content, "html.parser").select_one("main .gs-card").get_text(" ")


@pytest.mark.parametrize(("state", "opens"), [("recruiting", True), ("open", True), ("closing", False)])
def test_only_a_group_that_takes_people_says_that_they_can_join(
    client: Client, page: GroupIndexPage, state: str, opens: bool
) -> None:
    listed(name="Rust", state=state, join_policy="open", capacity=9)

    assert ("Je kunt meteen meedoen" in card(client, page)) is opens
    assert ("Niet open voor nieuwe leden" in card(client, page)) is not opens
    assert ("plekken" in card(client, page)) is opens


def test_a_card_says_for_whom_the_group_is(client: Client, page: GroupIndexPage) -> None:
    space = listed(name="Rust", min_age=16, max_age=25)
    space.regions.set(Region.objects.filter(name="Utrecht"))

    assert "Voor wie: 16 tot en met 25, uit Utrecht." in card(client, page)
    Space.objects.filter(pk=space.pk).update(min_age=None, max_age=None)
    space.regions.clear()
    assert "Voor wie:" not in card(client, page)


def test_the_list_leads_to_forums_when_there_is_one_and_always_to_renting(client: Client, page: GroupIndexPage) -> None:
    def links() -> set[str]:
        return {link["href"] for link in BeautifulSoup(client.get(page.url).content, "html.parser").select("main a")}

    forums, lease = reverse("groupspace:forums"), reverse("groupspace:lease")
    assert lease in links()
    assert forums not in links()

    rules = {"kind": "forum", "house_rules": "Wees aardig", "join_policy": "open"}
    make_space(visibility="hidden", **rules)
    assert forums not in links()
    listed(**rules)
    assert forums in links()
    assert "Open forum" in card(client, page)
