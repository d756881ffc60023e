"""Search finds public pages, and nothing else; odd words are no error."""

from __future__ import annotations

import logging
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebase import public_cache
from knowledgebase.models import TopicIndexPage, TopicPage
from knowledgebase.search.actions import rebuild

from ..pages import make_plain, make_topic

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> list[str]:
    rebuild()
    public_cache.bump()
    response = client.get(reverse("knowledgebase:search"), {"q": query})
    assert response.status_code == 200
    results = response.context["results"]
    return [] if results is None else sorted(page.title for page in results)


def test_search_finds_public_pages_only(client: Client, index: TopicIndexPage, topic: TopicPage) -> None:
    make_topic(index, "Concept", live=False, summary="kringetje")
    make_topic(index, "Achter slot", summary="kringetje").view_restrictions.create(restriction_type="login")

    assert found(client, "kringetje") == ["Piekeren"]


def test_search_forgets_a_page_that_went_offline(client: Client, topic: TopicPage) -> None:
    assert found(client, "kringetje") == ["Piekeren"]
    topic.unpublish()

    assert found(client, "kringetje") == []


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
    rebuild()

    response = client.get(reverse("knowledgebase:search"), {"q": "kringetje", "page": page})

    assert response.status_code == 200
    assert [result.title for result in response.context["results"]] == ["Piekeren"]


def test_search_pages_through_many_results(client: Client) -> None:
    for number in range(13):
        make_plain(f"Bladzijde {number}", "zonnebloem")
    rebuild()

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
