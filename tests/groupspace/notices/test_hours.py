"""Quiet hours and turns on the clock of whoever gets the mail, also in the nights when the clock jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from groupspace.notices.sending.hours import is_quiet, last_turn, zone_of
from groupspace.notices.sending.people import Person, hash_of

AMSTERDAM, PARAMARIBO = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/Paramaribo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def person(**given):
    return Person(**{"user_id": 1, "email": "a@example.org", "first": at("2026-03-02T10:00Z"), "mail": "now"} | given)


@pytest.mark.parametrize(
    ("moment", "zone", "quiet"),
    [
        ("2026-03-02T19:59Z", AMSTERDAM, False),  # 20.59 there
        ("2026-03-02T20:00Z", AMSTERDAM, True),  # 21.00
        ("2026-03-03T06:59Z", AMSTERDAM, True),  # 7.59
        ("2026-03-03T07:00Z", AMSTERDAM, False),  # 8.00
        ("2026-03-02T20:00Z", PARAMARIBO, False),  # 17.00 there
        ("2026-03-03T00:00Z", PARAMARIBO, True),  # 21.00
        ("2026-03-03T10:59Z", PARAMARIBO, True),  # 7.59
        ("2026-03-03T11:00Z", PARAMARIBO, False),  # 8.00
        ("2026-03-29T05:59Z", AMSTERDAM, True),  # the clock jumped from 2 to 3: this is 7.59
        ("2026-03-29T06:00Z", AMSTERDAM, False),
        ("2026-10-25T06:59Z", AMSTERDAM, True),  # it went back from 3 to 2: this is 7.59
        ("2026-10-25T07:00Z", AMSTERDAM, False),
    ],
)
def test_quiet_hours_are_those_of_the_place(moment, zone, quiet):
    assert is_quiet(at(moment), zone, 21, 8) is quiet


@pytest.mark.parametrize(("begins", "ends", "hours"), [(0, 0, set()), (12, 14, {12, 13}), (23, 1, {23, 0})])
def test_hours_by_day_over_midnight_and_never(begins, ends, hours):
    day = datetime(2026, 3, 2, tzinfo=AMSTERDAM)

    assert {hour for hour in range(24) if is_quiet(day.replace(hour=hour), AMSTERDAM, begins, ends)} == hours


@pytest.mark.parametrize(
    ("moment", "weekly", "turn"),
    [
        ("2026-03-04T12:00Z", False, "2026-03-04T07:00Z"),
        ("2026-03-04T06:00Z", False, "2026-03-03T07:00Z"),
        ("2026-03-04T12:00Z", True, "2026-03-02T07:00Z"),  # a Wednesday, so Monday
        ("2026-03-02T06:00Z", True, "2026-02-23T07:00Z"),  # Monday before eight
        ("2026-03-29T12:00Z", False, "2026-03-29T06:00Z"),  # summer time since this night
    ],
)
def test_turn_is_the_last_time_that_the_clock_struck(moment, weekly, turn):
    assert last_turn(at(moment), AMSTERDAM, 8, weekly=weekly) == at(turn)


def test_zone_that_does_not_exist_is_that_of_the_site():
    assert zone_of("Mars/Olympus") == zone_of("") == AMSTERDAM


def test_day_with_a_night_in_which_the_clock_jumps_has_one_turn():
    turns = set()
    moment = at("2026-03-28T12:00Z")
    for _hour in range(48):
        turns.add(last_turn(moment, AMSTERDAM, 2))  # two o'clock does not exist that night
        moment += timedelta(hours=1)

    assert len(turns) == 3


@pytest.mark.parametrize(
    ("what", "given", "moment", "due"),
    [
        ("now", {}, "2026-03-02T12:00Z", True),
        ("now, at night", {}, "2026-03-02T22:00Z", False),
        ("now, at night there", {"zone": "America/Paramaribo"}, "2026-03-03T09:00Z", False),
        ("now, by day there", {"zone": "America/Paramaribo"}, "2026-03-02T22:00Z", True),
        ("now, without quiet hours", {"quiet_from": 0, "quiet_to": 0}, "2026-03-02T22:00Z", True),
        ("never", {"mail": "never"}, "2026-03-02T12:00Z", False),
        ("never, also not for all", {"mail": "never", "announced": True}, "2026-03-02T12:00Z", False),
        ("without an address", {"email": ""}, "2026-03-02T12:00Z", False),
        ("refused", {"refused": hash_of("a@example.org")}, "2026-03-02T12:00Z", False),
        ("refused before, other address", {"refused": hash_of("b@example.org")}, "2026-03-02T12:00Z", True),
        ("here now", {"seen": at("2026-03-02T11:55Z")}, "2026-03-02T12:00Z", False),
        ("mailed, not seen since", {"mailed_at": at("2026-03-02T11:00Z")}, "2026-03-02T12:00Z", False),
        (
            "mailed, seen since",
            {"mailed_at": at("2026-03-02T11:00Z"), "seen": at("2026-03-02T11:30Z")},
            "2026-03-02T12:00Z",
            True,
        ),
        ("mailed, for all", {"mailed_at": at("2026-03-02T11:00Z"), "announced": True}, "2026-03-02T12:00Z", True),
        ("for all, at night", {"announced": True}, "2026-03-02T22:00Z", False),
        ("day, same day", {"mail": "day"}, "2026-03-02T19:00Z", False),
        ("day, next morning", {"mail": "day"}, "2026-03-03T07:01Z", True),
        ("day, next morning, an hour too soon", {"mail": "day"}, "2026-03-03T06:01Z", False),
        ("day, worker was away", {"mail": "day"}, "2026-03-03T15:00Z", True),
        (
            "day, had one today",
            {"mail": "day", "mailed_at": at("2026-03-03T07:02Z"), "seen": at("2026-03-03T08:00Z")},
            "2026-03-03T09:00Z",
            False,
        ),
        ("week, same week", {"mail": "week"}, "2026-03-08T12:00Z", False),
        ("week, Monday", {"mail": "week"}, "2026-03-09T07:01Z", True),
    ],
)
def test_mail_is_due(what, given, moment, due):
    assert person(**given).is_due(at(moment)) is due, what
