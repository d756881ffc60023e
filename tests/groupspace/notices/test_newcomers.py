"""Somebody writes for the first time and nobody answers: who facilitates is told, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.forum.models import Topic
from groupspace.links import actions as links
from groupspace.models import Audience, Space
from groupspace.notices.models import Notice
from groupspace.notices.telling import newcomers
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
LIST = reverse("groupspace:notices:list")
WORDS = "Eerste bericht van iemand, een dag zonder antwoord"
TOLD = [("Anna", "unanswered"), ("Carla", "unanswered")]


@pytest.fixture
def later():
    """`later(25)`: what is due so many hours from now is told; returns who has which unread notice."""

    def later(hours):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            if newcomers.due():
                newcomers.tell_due()
            assert not newcomers.due()
        return sorted(Notice.objects.unread().values_list("membership__display_name", "reason"))

    return later


def again(topic):
    return Topic.objects.select_related("space").get(pk=topic.pk)


def test_a_first_post_without_an_answer_is_told_after_a_day_and_once(cast, start, later):
    start("ben")
    assert later(23) == []
    assert later(25) == TOLD
    Notice.objects.all().delete()
    assert later(50) == []


def test_it_leads_to_the_post_and_opening_it_is_reading(cast, start, later):
    topic = start("ben", "Mijn piekeruur")
    later(25)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        anna = logged_in(cast.anna, verified=True)
        page = anna.get(LIST).content.decode()
        assert WORDS in page
        url = reverse("groupspace:gesprekken:topic", args=[cast.space.pk, topic.pk])
        assert url in page
        anna.get(url)
        assert sorted(Notice.objects.unread().values_list("membership__display_name", flat=True)) == ["Carla"]
        for other in ("ben", "ellen", "dora"):
            assert WORDS not in logged_in(getattr(cast, other)).get(LIST).content.decode()


def test_an_answer_of_anybody_else_is_enough_and_ones_own_is_not(cast, as_actor, start, later):
    forum.reply(as_actor("ben"), again(start("ben")), body=from_plain("Is er iemand?"))
    assert later(25) == TOLD
    Notice.objects.all().delete()

    forum.reply(as_actor("ben"), again(start("ellen", "Nog een")), body=from_plain("Welkom."))
    assert later(25) == []


def test_first_words_of_any_sort_count_also_below_those_of_another(cast, as_actor, start, later):
    forum.reply(as_actor("ben"), again(start("anna")), body=from_plain("Ik ben nieuw."))
    links.add_link(as_actor("ellen"), cast.space, title="Slaaptips", url="https://voorbeeld.nl/slaap")
    later(25)
    rows = Notice.objects.filter(reason="unanswered").values_list("membership__display_name", "kind")
    assert sorted(rows) == [("Anna", "gesprekken"), ("Anna", "links"), ("Carla", "gesprekken"), ("Carla", "links")]


def test_a_second_post_is_not_a_first(cast, as_actor, start, later):
    forum.reply(as_actor("carla"), again(start("ben")), body=from_plain("Dag Beer."))
    with time_machine.travel(timezone.now() + timedelta(hours=30), tick=False):
        start("ben", "Een tweede")
    assert later(60) == []


def test_who_facilitates_and_who_is_gone_is_no_newcomer(cast, as_actor, start, later):
    start("carla")
    start("ben", "Nog iets")
    actions.leave(as_actor("ben"), cast.space)
    assert later(25) == []


def test_nothing_is_told_of_long_ago_or_of_a_group_that_is_read_only(cast, start, later):
    start("ben")
    assert later(24 * 8) == []
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")
    assert later(25) == []


def test_what_only_facilitators_read_is_told_to_them(cast, start, later):
    start("ben", audience=Audience.FACILITATORS)
    assert later(25) == TOLD


def test_crash_in_the_middle_tells_later(cast, start, later, monkeypatch):
    start("ben")
    real = newcomers.write

    def break_off(*args):
        real(*args)
        raise OSError("gone")

    monkeypatch.setattr(newcomers, "write", break_off)
    with pytest.raises(OSError, match="gone"):
        later(25)
    assert not Notice.objects.exists()
    monkeypatch.setattr(newcomers, "write", real)
    assert later(25) == TOLD
