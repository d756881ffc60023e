"""The agenda: what comes in which order, and what calendar programs read."""

from __future__ import annotations

import datetime as dt
import json

import icalendar
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from home.setup import ensure_home
from knowledgebase.news.models import AgendaPage

from .pages import at, make_agenda, make_event, publish, put

pytestmark = pytest.mark.django_db
NOW = at(2026, 7, 1, 12)


@pytest.fixture
def agenda(db: None) -> AgendaPage:
    return make_agenda()


def calendar(client: Client, page) -> icalendar.Calendar:
    response = client.get(f"{page.url}kalender/")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


def soup(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def test_agenda_shows_what_comes_first_on_top_and_folds_the_past(client: Client, agenda: AgendaPage) -> None:
    make_event(agenda, "Later", start=at(2026, 9, 1), end=at(2026, 9, 1, 12))
    make_event(agenda, "Eerst", start=at(2026, 7, 2), end=at(2026, 7, 2, 12))
    make_event(agenda, "Bezig", start=at(2026, 6, 30), end=at(2026, 7, 2, 12))
    make_event(agenda, "Geweest", start=at(2026, 5, 1), end=at(2026, 5, 1, 12))
    make_event(agenda, "Nog niet klaar", live=False)
    closed = make_event(agenda, "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    with time_machine.travel(NOW):
        page = soup(client, agenda.url)

    assert [link.text for link in page.select("main .gs-list__title")] == ["Bezig", "Eerst", "Later"]
    assert [link.text for link in page.select("main details a")] == ["Geweest"]


def test_agenda_without_events_says_so(client: Client, agenda: AgendaPage) -> None:
    assert soup(client, agenda.url).select_one(".gs-empty__title")


@pytest.mark.parametrize("number", [1, 20])
def test_agenda_asks_the_same_of_the_database_for_1_and_20_events(
    client: Client, agenda: AgendaPage, number: int, django_assert_num_queries
) -> None:
    for count in range(number):
        make_event(agenda, f"Avond {count}")
        make_event(agenda, f"Geweest {count}", start=at(2026, 5, 1), end=at(2026, 5, 1, 12))
    client.get("/")
    with time_machine.travel(NOW), django_assert_num_queries(10):
        client.get(agenda.url)


def test_event_is_written_for_calendar_programs(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda, "Kennismaken; eten, praten", is_online=True, online_url="https://meet.example.org/kring")

    found = calendar(client, event)
    [entry] = found.events

    assert found["version"] == "2.0"
    assert found["prodid"]
    assert entry["uid"] == str(event.translation_key)
    assert entry["summary"] == "Kennismaken; eten, praten"
    assert entry["location"] == "Buurthuis, Utrecht, https://meet.example.org/kring"
    assert entry["status"] == "CONFIRMED"
    assert entry["url"] == f"http://localhost{event.url}"
    assert "We maken kennis." in entry["description"]
    assert client.get(f"{event.url}kalender/")["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (at(2026, 3, 28, 20), "19:00"),  # the night after, summer time begins
        (at(2026, 3, 29, 20), "18:00"),
        (at(2026, 10, 24, 20), "18:00"),
        (at(2026, 10, 25, 20), "19:00"),  # the night before, it ended
    ],
)
def test_event_keeps_its_hour_on_a_dutch_clock_in_summer_and_winter(
    client: Client, agenda: AgendaPage, start: dt.datetime, utc: str
) -> None:
    event = make_event(agenda, start=start, end=start + dt.timedelta(hours=1))

    found = calendar(client, event)
    [entry] = found.events

    assert entry["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert b"DTSTART;TZID=Europe/Amsterdam:" + start.strftime("%Y%m%dT200000").encode() in found.to_ical()
    assert entry.start.astimezone(dt.UTC).strftime("%H:%M") == utc
    [zone] = found.timezones
    assert zone.tz_name == "Europe/Amsterdam"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_event_keeps_its_uid_and_counts_up_when_it_changes_or_moves(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda)
    [before] = calendar(client, event).events

    event.start, event.end = at(2026, 7, 17, 10), at(2026, 7, 17, 12)
    event = publish(event)
    elsewhere = put(ensure_home(), AgendaPage(title="Andere agenda", slug="andere-agenda", summary="Nog een."))
    event.move(elsewhere, pos="last-child")
    event.refresh_from_db()
    [after] = calendar(client, event).events

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert calendar(client, event).events[0]["sequence"] == after["sequence"]


def test_cancelled_event_is_cancelled_in_calendars_too(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda, is_cancelled=True, cancel_note="De zaal is dicht.")

    [entry] = calendar(client, agenda).events
    page = soup(client, event.url)

    assert entry["status"] == "CANCELLED"
    assert entry["summary"] == "Gaat niet door: Startbijeenkomst"
    assert "De zaal is dicht." in page.select_one("main .gs-alert").text


def test_agenda_for_subscribers_holds_the_last_year_and_what_comes(client: Client, agenda: AgendaPage) -> None:
    make_event(agenda, "Komt")
    make_event(agenda, "Net geweest", start=at(2026, 5, 1), end=at(2026, 5, 1, 12))
    make_event(agenda, "Lang geleden", start=at(2024, 5, 1), end=at(2024, 5, 1, 12))
    make_event(agenda, "Nog niet klaar", live=False)
    closed = make_event(agenda, "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    with time_machine.travel(NOW):
        found = calendar(client, agenda)

    assert [str(entry["summary"]) for entry in found.events] == ["Net geweest", "Komt"]
    assert len({entry["uid"] for entry in found.events}) == 2
    assert found["x-wr-calname"] == "Agenda"
    assert found.refresh_interval == dt.timedelta(hours=12)
    assert b"X-PUBLISHED-TTL:PT12H" in found.to_ical()


def test_event_on_a_heavy_subject_names_nothing_in_a_calendar(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda, "Misbruik bespreken", slug="avond", content_note="Dit gaat over misbruik.")

    [entry] = calendar(client, event).events

    assert entry["summary"] == "Afspraak"
    assert "isbruik" not in client.get(f"{event.url}kalender/").content.decode()
    assert calendar(client, agenda).events == []


def test_calendar_of_a_page_behind_a_log_in_stays_there(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda)
    agenda.view_restrictions.create(restriction_type="login")

    for page in (agenda, event):
        assert client.get(f"{page.url}kalender/").status_code == 302


def test_calendar_is_kept_and_made_anew_after_a_change(
    client: Client, agenda: AgendaPage, django_assert_num_queries, django_capture_on_commit_callbacks
) -> None:
    event = make_event(agenda)
    client.get(f"{agenda.url}kalender/")
    with django_assert_num_queries(0):
        etag = client.get(f"{agenda.url}kalender/")["ETag"]
    assert client.get(f"{agenda.url}kalender/", headers={"If-None-Match": etag}).status_code == 304

    event.title = "Andere naam"
    with django_capture_on_commit_callbacks(execute=True):
        publish(event)

    assert calendar(client, agenda).events[0]["summary"] == "Andere naam"


def test_fetching_a_calendar_is_not_counted_as_reading(client: Client, agenda: AgendaPage) -> None:
    assert client.get(agenda.url).public_page_id == agenda.pk
    for _first_and_kept in range(2):
        assert client.get(f"{agenda.url}kalender/").public_page_id is None


@pytest.mark.parametrize(
    ("fields", "button", "words"),
    [
        ({}, True, ""),
        ({"is_full": True}, False, "Er is geen plek meer"),
        ({"is_cancelled": True}, False, "Dit gaat niet door"),
        ({"start": at(2026, 5, 1), "end": at(2026, 5, 1, 12)}, False, "Dit is al geweest"),
    ],
)
def test_event_takes_sign_ups_as_long_as_one_can_come(client, agenda, fields, button, words) -> None:
    link = ("link", {"label": "Meld je aan", "page": None, "address": "/contact/"})
    event = make_event(agenda, sign_up=[link], **fields)

    with time_machine.travel(NOW):
        page = soup(client, event.url)

    assert bool(page.main.find("a", string="Meld je aan")) == button
    assert (page.select_one("main .gs-alert__title").text if words else "") == words


def test_event_that_ends_before_it_begins_is_refused(agenda: AgendaPage) -> None:
    event = make_event(agenda, live=False)
    event.end = event.start

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert refused.value.messages == ["Het einde komt na het begin. Kies een latere tijd."]


def test_event_tells_search_engines_when_and_where(client: Client, agenda: AgendaPage) -> None:
    event = make_event(agenda, is_online=True, organiser="Stichting Voorbeeld")

    page = soup(client, event.url)
    data = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"][0]

    assert data["@type"] == "Event"
    assert data["startDate"] == "2026-07-16T10:00:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert data["location"][0]["name"] == "Buurthuis, Utrecht"
    assert data["organizer"]["name"] == "Stichting Voorbeeld"
