"""Search finds public pages, and nothing else; odd words are no error."""

from __future__ import annotations

import logging
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.urls import reverse

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.text.sanitiser import from_plain
from knowledgebase.models import TopicIndexPage, TopicPage
from knowledgebase.search.models import Entry, Word
from tests.cast import Cast

from ..pages import make_plain, make_topic
from .searching import ask, found, index_now

pytestmark = pytest.mark.django_db


def test_search_finds_public_pages_only(client: Client, index: TopicIndexPage, topic: TopicPage) -> None:
    make_topic(index, "Concept", live=False, summary="kringetje")
    make_topic(index, "Achter slot", summary="kringetje").view_restrictions.create(restriction_type="login")

    index_now()
    assert found(client, "kringetje") == ["Piekeren"]


def test_search_without_words_only_asks(client: Client) -> None:
    response = client.get(reverse("knowledgebase:search"))

    assert response.context["results"] is None
    assert "Niets gevonden" not in response.content.decode()


def test_search_without_result_says_what_to_try(client: Client) -> None:
    assert "Niets gevonden" in client.get(reverse("knowledgebase:search"), {"q": "xyzzy"}).content.decode()


def test_search_without_result_leads_to_all_topics(client: Client, index: TopicIndexPage, topic: TopicPage) -> None:
    page = client.get(reverse("knowledgebase:search"), {"q": "bestaatnietergens"}).content.decode()
    assert f'href="{index.url}"' in page

    index.live = False
    index.save()

    page = client.get(reverse("knowledgebase:search"), {"q": "bestaatnietergens"}).content.decode()
    assert "Bekijk alle onderwerpen" not in page


ODD = ["\x00", "a\x00b", "'", '"', '"open', "%", "a AND", "NOT", "( ((", "NEAR(", "\\", "😀", "\ud800", "x" * 5000]
ODD += [":", "-", "a:b", "<script>alert(1)</script>", "title:*", "^", "{a b}", "&", "|", "a & !b", "\u202e", "é" * 300]


@pytest.mark.parametrize("query", ODD)
def test_search_survives_odd_words(client: Client, topic: TopicPage, query: str) -> None:
    raw = query.encode("utf-8", "surrogatepass")
    response = client.get(f"{reverse('knowledgebase:search')}?q={quote_from_bytes(raw)}")

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "", "1.5", "\x00"])
def test_search_survives_odd_page_numbers(client: Client, topic: TopicPage, page: str) -> None:
    index_now()

    response = client.get(reverse("knowledgebase:search"), {"q": "kringetje", "page": page})

    assert response.status_code == 200
    assert [result.title for result in response.context["results"]] == ["Piekeren"]


def test_search_pages_through_many_results(client: Client) -> None:
    for number in range(13):
        make_plain(f"Bladzijde {number}", "zonnebloem")
    index_now()

    first = client.get(reverse("knowledgebase:search"), {"q": "zonnebloem"}).context["results"]
    last = client.get(reverse("knowledgebase:search"), {"q": "zonnebloem", "page": 2}).context["results"]

    assert (len(first), len(last), first.paginator.count) == (10, 3, 13)


def test_search_neither_logs_nor_keeps_the_words(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG, logger="knowledgebase"),
        caplog.at_level(logging.DEBUG, logger="django.request"),
    ):
        response = client.get(reverse("knowledgebase:search"), {"q": "geheimwoord"})

    assert "no-store" in response["Cache-Control"]
    assert "geheimwoord" not in caplog.text
    assert "geheimwoord" not in response.content.decode().split("</title>")[0]


def test_search_is_only_for_reading(client: Client) -> None:
    assert client.post(reverse("knowledgebase:search"), {"q": "x"}).status_code == 405


def test_results_light_up_the_words_and_escape_the_rest(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Ruzie <b>& co", summary="Over <script>alert(1)</script> en “ruzies” & 'egels'.")
    index_now()

    page = ask(client, "ruzie").content.decode()

    assert "<mark>Ruzie</mark> &lt;b&gt;&amp; co" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; en “<mark>ruzies</mark>”" in page
    assert "<script>alert" not in page


def test_results_tell_kind_note_and_date(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Ruzie thuis", content_note="Dit gaat over geweld.")
    index_now()

    page = ask(client, "ruzie").content.decode()

    assert "Heftig onderwerp" in page
    assert "Gecontroleerd op 2 januari 2026" in page
    assert str(TopicPage._meta.verbose_name) in page or "Uitleg" in page


def test_a_search_without_result_offers_themes_and_says_whom_to_call(client: Client, topic: TopicPage) -> None:
    index_now()

    page = ask(client, "bestaatnietergens").content.decode()

    assert 'href="?thema=piekeren&amp;"' in page
    assert 'href="tel:112"' in page


def test_nothing_of_a_group_is_ever_in_the_index(client: Client, cast: Cast, topic: TopicPage) -> None:
    anna = cast.actor("anna")
    fields = ("name", "summary", "about", "welcome", "theme")
    secret = {field: f"kanarie{field}" for field in (*fields, "title", "body", "nickname")}
    actions.change_space(anna, cast.space, visibility="listed", **{field: secret[field] for field in fields})
    actions.rename_self(cast.actor("ben"), cast.space, display_name=secret["nickname"])
    forum.start_topic(cast.actor("ben"), cast.space, title=secret["title"], body=from_plain(secret["body"]))
    index_now()

    for word in (*secret.values(), "kanarie", "ben", "anna"):
        response = ask(client, word)
        assert found(client, word) == []
        assert not secret.keys() & set(response.context["did_you_mean"].split())
    assert not Word.objects.filter(text__startswith="kanarie").exists()
    assert set(Entry.objects.values_list("page__live", flat=True)) == {True}
