"""The pace of visitors: nobody closes a form for others, and nothing tells afterwards who sent something."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from knowledgebase import visitors

HERE, THERE = "145.100.0.1", "145.100.0.2"


def limits(settings: Any, *, own: int, together: int) -> None:
    pace = {"VISITOR_PACE": ((60, own),), "VISITORS_PACE": ((60, together),)}
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, **pace}


def sends(sender: str, times: int = 1, what: str = "proef") -> int:
    """How many of so many forms are taken."""
    taken = 0
    for _turn in range(times):
        try:
            visitors.keep_pace(what, sender)
        except ValidationError:
            continue
        taken += 1
    return taken


def test_one_sender_does_not_close_a_form_for_others(settings: Any) -> None:
    limits(settings, own=3, together=10)

    assert sends(HERE, 100) == 3
    assert sends(THERE, 2) == 2
    assert sends(HERE, what="een ander formulier") == 1


def test_a_flood_from_many_places_is_stopped(settings: Any) -> None:
    limits(settings, own=3, together=5)

    assert sum(sends(f"145.100.0.{number}") for number in range(20)) == 5


def test_without_a_telling_address_only_the_common_limit_counts(settings: Any) -> None:
    limits(settings, own=1, together=5)

    assert sends("", 10) == 5


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("145.100.0.1", "145.100.0.1"),
        ("::ffff:145.100.0.1", "145.100.0.1"),
        ("2a02:a44f:1:2:3:4:5:6", "2a02:a44f:1::/48"),
        ("127.0.0.1", ""),
        ("10.1.2.3", ""),
        ("::1", ""),
        ("fe80::1%eth0", ""),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_senders_are_networks(address: str, sender: str) -> None:
    assert visitors.sender_of(RequestFactory().get("/", REMOTE_ADDR=address)) == sender


def test_what_is_counted_names_nobody_and_cannot_be_worked_out_later(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(settings, own=3, together=10)
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key))
    monkeypatch.setattr(cache, "incr", lambda key: 1)
    sends(HERE)
    sends(HERE)
    cache.delete("knowledgebase:pace:60")  # what happens when the minute is over
    sends(HERE)

    assert not any(HERE in key for key in keys)
    assert keys[:2] == keys[2:4]
    assert not set(keys[:2]) & set(keys[4:])


def test_cache_that_is_away_stops_nobody(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(settings, own=1, together=1)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", broken)
    assert sends(HERE, 5) == 5
