"""The log of a group as its facilitators read it: whole sentences, day by day, and never what people wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.audit import log
from tests.cast import make_user, unverified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast):
    return logged_in(cast.anna, verified=True)


@pytest.fixture
def address(cast):
    return reverse("groupspace:space-log", args=[cast.space.pk])


def test_sentences_say_who_did_what_to_whom(cast, anna, address):
    newcomer = make_user("nieuw")
    cast.space.join_policy, cast.space.visibility = "open", "listed"
    cast.space.save()
    actions.join(unverified(newcomer), cast.space, display_name="Zeewind")

    page = anna.get(address).content.decode()

    assert "Zeewind kwam erbij" in page
    assert "Anna opende de groep" in page
    assert "Iemand van buiten liet iemand toe" not in page


def test_older_entries_stand_on_the_next_page(cast, anna, address):
    for _number in range(60):
        log.record("topic.pinned", actor="user:1", space_id=cast.space.pk, obj=cast.space)
    seen = []

    page = anna.get(address)
    while True:
        seen += [entry.number for entry in page.context["entries"]]
        if page.context["older"] is None:
            break
        page = anna.get(address, {"voor": page.context["older"]})

    assert len(seen) > 60
    assert seen == sorted(set(seen), reverse=True)
    assert seen[-1] == 1


def test_a_minute_stands_there_once_with_all_that_happened_in_it(cast, anna, address):
    day = timezone.localtime() + timedelta(days=1)
    with time_machine.travel(day.replace(hour=9, minute=0, second=5), tick=False):
        log.record("topic.locked", actor=f"member:{cast.members['anna'].pk}", space_id=cast.space.pk, obj=cast.space)
    with time_machine.travel(day.replace(hour=9, minute=1, second=5), tick=False):
        for event in ("topic.pinned", "member.left", "topic.pinned"):
            log.record(event, actor=f"member:{cast.members['ben'].pk}", space_id=cast.space.pk, obj=cast.space)
    log_page = BeautifulSoup(anna.get(address).content.decode(), "html.parser")

    moments = log_page.select("section")[0].select(":scope > ul > li")
    told = [(one.time.text, [act.text for act in one.select("li")]) for one in moments]

    assert told == [
        ("09.01", ["Beer zette een gesprek vast, 2 keer", "Beer ging weg"]),
        ("09.00", ["Anna sloot een gesprek"]),
    ]


@pytest.mark.parametrize("before", ["x", "-1", "1" * 40, "²"])
def test_a_nonsense_page_is_the_first(before, anna, address):
    assert anna.get(address, {"voor": before}).context["entries"] == anna.get(address).context["entries"]
