"""News: items, the list with its further pages, and the feed."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.test import Client

from knowledgebase.models import Contact
from knowledgebase.news.models import NewsIndexPage

from .pages import make_call, make_news, make_news_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return make_news_index()


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def fill(index: NewsIndexPage, number: int) -> None:
    for count in range(number):
        make_news(index, f"Bericht {count}", date=dt.date(2026, 1, 1) + dt.timedelta(days=count))


def test_news_tells_who_wrote_it_when_and_how_long_reading_takes(client: Client, index: NewsIndexPage) -> None:
    writer = Contact.objects.create(name="Sam de Vries (fictief)", phone="088 0767 000", email="sam@example.org")
    item = make_news(index, author=writer, contact=writer)

    page = soup(client, item.url).main

    assert "2 maart 2026 · door Sam de Vries (fictief)" in " ".join(page.select_one(".kb-news__byline").text.split())
    assert "1 minuut lezen" in page.text
    assert [link["href"] for link in page.select(".kb-ways a")] == ["tel:0880767000", "mailto:sam@example.org"]


def test_news_may_name_an_author_who_is_not_in_the_list(client: Client, index: NewsIndexPage) -> None:
    item = make_news(index, author_name="de redactie")

    assert "door de redactie" in soup(client, item.url).main.text


def test_list_shows_the_latest_first_and_only_what_is_public(client: Client, index: NewsIndexPage) -> None:
    make_news(index, "Oud", date=dt.date(2025, 1, 1))
    make_news(index, "Nieuw", date=dt.date(2026, 1, 1))
    make_news(index, "Nog niet klaar", live=False)
    closed = make_news(index, "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    assert [link.text for link in soup(client, index.url).select("main .gs-list__title")] == ["Nieuw", "Oud"]


def test_list_has_further_pages_with_an_address_of_their_own(client: Client, index: NewsIndexPage) -> None:
    fill(index, 21)

    first, last = soup(client, index.url), soup(client, f"{index.url}pagina/3/")

    assert first.find("a", rel="next")["href"] == "/nieuws/pagina/2/"
    assert [link.text for link in last.select("main .gs-list__title")] == ["Bericht 0"]
    assert last.find("a", rel="prev")["href"] == "/nieuws/pagina/2/"
    assert last.find("link", rel="canonical")["href"] == "http://localhost/nieuws/pagina/3/"
    assert last.title.text.startswith("Nieuws, pagina 3")
    assert client.get(f"{index.url}pagina/1/")["Location"] == "/nieuws/"


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "-1", "x"])
def test_page_of_the_list_that_does_not_exist_is_not_found(client: Client, index: NewsIndexPage, number: str) -> None:
    fill(index, 3)

    assert client.get(f"{index.url}pagina/{number}/").status_code == 404


def test_further_pages_are_kept_too(client: Client, index: NewsIndexPage, django_assert_num_queries) -> None:
    fill(index, 11)
    client.get(f"{index.url}pagina/2/")

    with django_assert_num_queries(0):
        assert client.get(f"{index.url}pagina/2/").status_code == 200


@pytest.mark.parametrize("number", [1, 10])
def test_list_asks_the_same_of_the_database_for_1_and_10_items(
    client: Client, index: NewsIndexPage, number: int, django_assert_num_queries
) -> None:
    writer = Contact.objects.create(name="Sam (fictief)")
    for count in range(number):
        make_news(index, f"Bericht {count}", author=writer)
    client.get("/")

    with django_assert_num_queries(13):
        client.get(index.url)


def test_open_calls_stand_above_the_news(client: Client, index: NewsIndexPage) -> None:
    make_news(index)
    make_call(index, "Wie wil meedenken?")
    make_call(title="Elders op de site")
    make_call(index, "Al vol", is_full=True)
    make_call(index, "Te laat", closes_on=dt.date(2020, 1, 1))

    page = soup(client, index.url)

    assert [link.text for link in page.select(".kb-news__calls a")] == ["Elders op de site", "Wie wil meedenken?"]


def test_calls_that_are_full_or_closed_can_still_be_found(client: Client, index: NewsIndexPage) -> None:
    make_call(index)
    make_call(index, "Vol is vol", is_full=True)
    make_call(index, "Te laat", closes_on=dt.date(2020, 1, 1))
    make_call(index, "Nog niet klaar", is_full=True, live=False)

    page = soup(client, index.url)

    lines = {line.a.text: line.span.text for line in page.select(".kb-news__past li")}
    assert lines == {"Vol is vol": "Vol", "Te laat": "Gesloten"}


def test_feed_is_sound_and_holds_only_what_may_show_unasked(client: Client, index: NewsIndexPage) -> None:
    item = make_news(index, "Praten & <b>luisteren</b>", slug="praten", summary="Kort & goed.")
    make_news(index, "Over misbruik", content_note="Dit gaat over misbruik.")
    make_news(index, "Nog niet klaar", live=False)
    closed = make_news(index, "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    response = client.get(f"{index.url}feed/", headers={"Host": "127.0.0.1"})
    channel = fromstring(response.content).find("channel")

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel.findtext("title") == "Nieuws"
    assert channel.findtext("language") == "nl"
    assert channel.findtext("link") == "http://localhost/nieuws/"
    [entry] = channel.findall("item")
    assert entry.findtext("title") == "Praten &amp; &lt;b&gt;luisteren&lt;/b&gt;"
    assert entry.findtext("description") == "Kort &amp; goed."
    assert entry.findtext("link") == "http://localhost/nieuws/praten/"
    assert entry.findtext("guid") == item.translation_key.urn
    assert entry.findtext("pubDate").startswith("Mon, 02 Mar 2026")
    assert "127.0.0.1" not in response.content.decode()


def test_feed_is_found_from_the_list_and_is_kept(client: Client, index: NewsIndexPage, django_assert_num_queries):
    make_news(index)
    address = soup(client, index.url).find("link", rel="alternate")["href"]
    client.get(address)

    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_feed_stays_where_its_list_is(client: Client, index: NewsIndexPage) -> None:
    index.view_restrictions.create(restriction_type="login")

    assert client.get(f"{index.url}feed/").status_code == 302
