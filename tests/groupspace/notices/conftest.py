"""People in the fixed group who do things, and a clock on which they are told of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from groupspace.forum import actions as forum
from groupspace.notices.models import Notice
from groupspace.notices.telling import spread as spreading
from groupspace.stream.actions import tell
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain


@pytest.fixture
def start(cast, as_actor):
    """`start("ben", "Titel")`: a conversation by this person."""

    def start(name="ben", title="Mijn piekeruur", **more):
        return forum.start_topic(as_actor(name), cast.space, title=title, body=from_plain("Hallo."), **more).topic

    return start


@pytest.fixture
def say(cast):
    """`say("carla", topic, named=["ben"])`: something happened in an item, as the actions of a kind tell it."""

    def say(name, item, verb="replied", *, named=(), answered="", part=True, at=None):
        members = [cast.members[one].pk for one in named]
        part_id = item.pk if part else None
        happening = tell(item, verb, by=cast.members[name].pk, part_id=part_id, named=members)
        if at:
            Happening.objects.filter(pk=happening.pk).update(at=at)
        return happening

    return say


@pytest.fixture
def told(monkeypatch):
    """`told()`: what was due was told; returns who has which unread notice, as (name, reason, count)."""

    def told(later: timedelta = timedelta(minutes=2)):
        with time_machine.travel(timezone.now() + later, tick=False):
            spreading.spread()
        rows = Notice.objects.unread().values_list("membership__display_name", "reason", "count")
        return sorted(rows)

    return told


@pytest.fixture
def concerns(monkeypatch):
    """`concerns({"ben": "answered"}, cast)`: whom the kind says that any happening concerns."""
    from groupspace.kinds import all_kinds

    kind = next(kind for kind in all_kinds() if kind.slug == "gesprekken")

    def concerns(members):
        monkeypatch.setattr(type(kind), "hearers", lambda _kind, _happening: dict(members))

    return concerns


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
