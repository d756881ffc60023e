"""What is new: pages of all kinds, by the day they were published or checked again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from home.models import ContentPage
from home.setup import ensure_home
from knowledgebase.announced import announced_models
from knowledgebase.news.latest import latest
from knowledgebase.news.models import WhatsNewPage
from tests.knowledgebase.pages import text

from .pages import at, make_agenda, make_event, make_news, make_news_index, make_whats_new, publish, put

pytestmark = pytest.mark.django_db
TODAY = at(2026, 6, 15)


@pytest.fixture
def page(db: None) -> WhatsNewPage:
    return make_whats_new()


def make_page(title: str, **fields: Any) -> ContentPage:
    return put(ensure_home(), ContentPage(title=title, summary="Tekst.", body=[text("Tekst.")], **fields))


def lines(client: Client, page: WhatsNewPage) -> list[tuple[str, str]]:
    """(title, what is said of it) of each line on the page."""
    with time_machine.travel(TODAY):
        found = BeautifulSoup(client.get(page.url).content, "html.parser").select("main .gs-list__main")
    return [(line.a.text, " ".join(line.p.text.split())) for line in found]


def test_whats_new_lists_all_kinds_by_day(client: Client, page: WhatsNewPage) -> None:
    with time_machine.travel(at(2026, 6, 1)):
        make_news(make_news_index(), "Bericht")
    with time_machine.travel(at(2026, 6, 2)):
        make_event(make_agenda(), "Avond")
    with time_machine.travel(at(2026, 5, 2)):
        make_page("Over ons")

    assert lines(client, page) == [
        ("Avond", "Agenda · nieuw op 2 juni"),
        ("Bericht", "Nieuws · nieuw op 1 juni"),
        ("Over ons", "Pagina · nieuw op 2 mei"),
    ]


def test_page_comes_back_when_checked_again_but_not_when_merely_published(client: Client, page: WhatsNewPage) -> None:
    with time_machine.travel(at(2026, 1, 1)):
        checked, corrected = make_page("Nagekeken"), make_page("Verbeterd")
        make_page("Vooruit", checked_on=dt.date(2027, 1, 1))
    with time_machine.travel(at(2026, 6, 10)):
        checked.checked_on = dt.date(2026, 6, 10)
        publish(checked)
        publish(corrected)

    assert lines(client, page) == [
        ("Vooruit", "Pagina · nagekeken op 15 juni"),
        ("Nagekeken", "Pagina · nagekeken op 10 juni"),
        ("Verbeterd", "Pagina · nieuw op 1 januari"),
    ]


def test_whats_new_hides_what_is_not_for_everyone(client: Client, page: WhatsNewPage) -> None:
    make_news(make_news_index(), "Nog niet klaar", live=False)
    closed = make_page("Achter slot")
    closed.view_restrictions.create(restriction_type="login")
    gone = make_page("Weg")
    gone.unpublish()

    assert lines(client, page) == []


def test_heavy_subject_is_marked_on_the_page_and_stays_out_of_the_feed(client: Client, page: WhatsNewPage) -> None:
    with time_machine.travel(at(2026, 6, 1)):
        make_page("Misbruik meegemaakt", slug="zwaar", content_note="Dit gaat over misbruik.")
        make_page("Slapen")

    found = BeautifulSoup(client.get(page.url).content, "html.parser")
    feed = fromstring(client.get(f"{page.url}feed/").content)

    [tag] = found.select("main .gs-tag")
    assert tag.text == "Heftig onderwerp"
    assert "Misbruik" in tag.find_parent("li").text
    assert [item.findtext("title") for item in feed.iter("item")] == ["Slapen"]


def test_feed_counts_a_changed_page_as_a_new_message(client: Client, page: WhatsNewPage) -> None:
    with time_machine.travel(at(2026, 6, 1)):
        changed = make_page("Slapen")
        before = fromstring(client.get(f"{page.url}feed/").content).find("channel/item")
    with time_machine.travel(at(2026, 6, 9)):
        changed.checked_on = dt.date(2026, 6, 9)
        publish(changed)
        [after] = latest_items(client, page)

    assert before.findtext("category") == "Pagina"
    assert before.findtext("link") == "http://localhost/slapen/"
    assert after.findtext("guid") != before.findtext("guid")
    assert after.findtext("pubDate").startswith("Tue, 09 Jun 2026")


def latest_items(client: Client, page: WhatsNewPage) -> list[Any]:
    from django.core.cache import cache

    cache.clear()
    return fromstring(client.get(f"{page.url}feed/").content).findall("channel/item")


@pytest.mark.parametrize("number", [1, 20])
def test_whats_new_asks_the_same_of_the_database_for_1_and_20_pages(
    client: Client, page: WhatsNewPage, number: int, django_assert_num_queries
) -> None:
    for count in range(number):
        make_page(f"Pagina {count}")
    client.get("/")
    ContentType.objects.get_for_models(*announced_models())  # Django remembers these, unless another test emptied it

    with django_assert_num_queries(8):
        client.get(page.url)


def test_latest_is_one_list_for_page_feed_and_newsletter(rf) -> None:
    make_page("Een")
    make_page("Twee")

    assert len(latest(rf.get("/"), 1)) == 1
    assert {change.page.title for change in latest(rf.get("/"), 10)} == {"Een", "Twee"}
