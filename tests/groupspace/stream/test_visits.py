"""What is new since the visit before this one: a line as in conversations, and one's own acts are no news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from groupspace.forum import actions as forum
from groupspace.models import Membership
from groupspace.stream.models import Look
from groupspace.text.sanitiser import from_plain
from tests.groupspace.stream.test_pages import MINE, statements
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
NEW, OLD = "Nieuw sinds je vorige bezoek", "Dit was er al bij je vorige bezoek"


@pytest.fixture
def at(cast):
    """`at(minutes)`: so long after the beginning."""
    start = timezone.now()
    return lambda minutes: time_machine.travel(start + timedelta(minutes=minutes), tick=False)


@pytest.fixture
def write(as_actor, cast):
    return lambda who, title: forum.start_topic(as_actor(who), cast.space, title=title, body=from_plain("Hallo.")).topic


def lines(user, query=""):
    page = BeautifulSoup(logged_in(user).get(MINE + query).content, "html.parser")
    texts = [item.select_one(".gs-list__title") or item for item in page.select("main .gs-list > li")]
    return [text.get_text(strip=True) for text in texts]


def test_line_stands_between_what_is_new_and_what_was_there(at, write, cast):
    with at(0):
        write("carla", "Eerst")
        assert lines(cast.ben) == ["Eerst"]  # the first visit: all of it is new, and no line says so
    with at(99):  # of one moment, chance would decide which comes first
        write("carla", "Toen")
    with at(100):
        write("ben", "Van mij")
        assert lines(cast.ben) == ["Van mij", NEW, "Toen", OLD, "Eerst"]
    with at(120):  # the same visit, also in another window
        assert lines(cast.ben) == ["Van mij", NEW, "Toen", OLD, "Eerst"]
    with at(200):
        assert lines(cast.ben) == ["Van mij", "Toen", "Eerst"]
        assert lines(cast.ellen) == ["Van mij", "Toen", "Eerst"]  # of each their own visits


def test_own_acts_alone_are_no_news(at, write, cast):
    with at(0):
        write("carla", "Eerst")
        lines(cast.ben)
    with at(100):
        write("ben", "Van mij")
        assert lines(cast.ben) == ["Van mij", "Eerst"]


def test_a_filter_or_an_older_page_is_no_visit(at, write, cast):
    with at(0):
        write("carla", "Eerst")
        lines(cast.ben)
    with at(100):
        write("carla", "Toen")
        assert lines(cast.ben, "?soort=gesprekken") == [NEW, "Toen", OLD, "Eerst"]
        assert lines(cast.ben, f"?soort=gesprekken&groep={cast.space.pk}") == [NEW, "Toen", OLD, "Eerst"]
    with at(200):
        assert lines(cast.ben) == [NEW, "Toen", OLD, "Eerst"]


def test_looking_again_at_once_writes_nothing(at, write, cast):
    write("carla", "Eerst")
    logged_in(cast.ellen).get(MINE)  # menu and settings come from the cache, as on a site that runs
    browser = logged_in(cast.ben)
    first = statements(lambda: browser.get(MINE))
    assert statements(lambda: browser.get(MINE)) == first - 1
    logged_in(cast.carla, verified=True).get(MINE, headers={"Sec-Purpose": "prefetch"})
    assert not Look.objects.filter(user=cast.carla).exists()
    assert Look.objects.filter(user=cast.ben).count() == 1


def test_row_tells_who_leads_and_what_participants_bring(write, cast):
    for who in ("anna", "ben"):
        write(who, f"Van {who}")
    ben, anna = BeautifulSoup(logged_in(cast.ellen).get(MINE).content, "html.parser").select("main .gs-list__item")
    assert [tag.text for tag in anna.select(".gs-tag")] == ["begeleider", "gesprek"]
    assert [tag.text for tag in ben.select(".gs-tag")] == ["gesprek"]


def test_days_stand_above_the_rows_and_rows_tell_the_time_alone(write, cast):
    Membership.objects.update(since=datetime(2025, 1, 1, tzinfo=UTC))
    for moment, title in (
        ("2025-12-30 12:05", "Vorig jaar"),
        ("2026-11-15 09:07", "Zondag"),
        ("2026-11-22 21:00", "Gisteren laat"),
        ("2026-11-22 23:30", "Vandaag vroeg"),  # in Amsterdam it is past midnight
        ("2026-11-23 07:00", "Vandaag"),
    ):
        with time_machine.travel(f"{moment}:00+00:00", tick=False):
            write("carla", title)
            if title == "Gisteren laat":
                lines(cast.ben)

    def days(page):
        found = []
        for heading in page.select("main section > h2"):
            [items] = heading.find_next_siblings()
            assert items.name == "ul"
            assert {one.name for one in items.find_all(recursive=False)} == {"li"}
            found.append((heading.text, len(items.select("li"))))
        return found

    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False):
        page = BeautifulSoup(logged_in(cast.ben).get(MINE).content, "html.parser")
        in_space = BeautifulSoup(logged_in(cast.ben).get(f"/groep/{cast.space.pk}/activiteit/").content, "html.parser")

    assert days(in_space) == [
        ("Vandaag", 2),
        ("Gisteren", 1),
        ("Zondag 15 november", 1),
        ("Dinsdag 30 december 2025", 1),
    ]
    told = [one.get_text() for one in page.select("main .gs-list__meta")]
    times = [one.split(" · ")[1].replace("\u00a0", " ") for one in told]
    assert times == ["08.00 uur", "00.30 uur", "22.00 uur", "10.07 uur", "13.05 uur"]
    heading, yesterday = page.select("main section > h2")[:2]
    assert heading.find_next("li").text == NEW
    assert yesterday.find_next("li").text == OLD
