"""Nobody is told of what they read already, of what waits for a facilitator, or of a kind that is off; nor twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, held
from groupspace.comments.actions import add_comment
from groupspace.forum import actions as forum
from groupspace.links import actions as links
from groupspace.links.models import LinkComment
from groupspace.models import Space
from groupspace.notices.models import Notice, Wish
from groupspace.notices.sending.people import people
from groupspace.notices.telling import spread
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hears_all(cast):
    Wish.objects.create(membership=cast.members["ellen"], kind="", level="all")


@pytest.fixture
def ellen(cast):
    return logged_in(cast.ellen)


@pytest.fixture
def share(cast, as_actor):
    def share(name="ben"):
        return links.add_link(as_actor(name), cast.space, title="Slaaptips", url="https://voorbeeld.nl/slaap")

    return share


def address(item, kind="links:link"):
    return reverse(f"groupspace:{kind}", args=[item.space_id, item.pk])


def bell(browser):
    return browser.get(reverse("groupspace:mine")).context["view"].news


@pytest.mark.parametrize("looked", [True, False])
def test_item_that_was_opened_before_it_was_told(share, told, ellen, hears_all, looked):
    link = share()
    if looked:
        ellen.get(address(link))
        ellen.get(address(link))

    assert [name for name, _reason, _count in told() if name == "Ellen"] == ([] if looked else ["Ellen"])
    assert bell(ellen) == (not looked)
    shown = ellen.get(reverse("groupspace:notices:list")).content.decode()
    assert ("Slaaptips" in shown) is not looked


def test_what_comes_after_one_looked_is_told(share, told, ellen, hears_all, cast, as_actor):
    link = share()
    ellen.get(address(link))
    told()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        add_comment(as_actor("carla"), LinkComment, link, body=from_plain("Dank je."))
    rows = told(timedelta(minutes=10))

    assert ("Ellen", "happened", 1) in rows


@pytest.mark.parametrize("looked", [True, False])
def test_post_that_was_shown_before_it_was_told(start, told, ellen, as_actor, looked, cast):
    topic = start("ellen")
    told()
    ellen.get(address(topic, "gesprekken:topic"))
    forum.reply(as_actor("carla"), topic, body=from_plain("Dank je."))
    if looked:
        ellen.get(address(topic, "gesprekken:topic"))

    assert [name for name, _reason, _count in told() if name == "Ellen"] == ([] if looked else ["Ellen"])


def test_name_that_was_added_later_is_told_also_to_who_read_the_post(start, told, ellen, as_actor, cast):
    topic = start("carla")
    ellen.get(address(topic, "gesprekken:topic"))
    forum.edit_post(as_actor("carla"), topic.posts.get(), body=from_plain("Wat vind jij, @Ellen?"))

    assert ("Ellen", "named", 1) in told()


def test_what_waits_is_told_once_it_is_let_through(share, told, hears_all, cast, as_actor):
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()
    link = share()
    topic = forum.start_topic(as_actor("ben"), cast.space, title="x", body=from_plain("Voor @Ellen")).topic
    add_comment(
        as_actor("ben"),
        LinkComment,
        links.add_link(as_actor("anna"), cast.space, title="Van Anna", url="https://voorbeeld.nl/anna"),
        body=from_plain("Hoi"),
    )

    assert not Notice.objects.exists()
    told()
    assert not Notice.objects.filter(item_id__in=[link.pk, topic.pk]).exists()
    assert not Notice.objects.filter(membership=cast.members["anna"]).exists()  # of the comment under hers

    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        for row in list(held.waiting(as_actor("anna"), cast.space)):
            actions.release(as_actor("anna"), held.find(as_actor("anna"), cast.space, row[1]))
    told(timedelta(minutes=10))
    told(timedelta(minutes=20))

    mine = Notice.objects.filter(membership=cast.members["ellen"], item_id__in=[link.pk, topic.pk])
    assert {(one.item_id, one.reason, one.count) for one in mine} == {
        (link.pk, "happened", 1),
        (topic.pk, "named", 1),
    }


def test_kind_that_is_off_tells_nothing_and_counts_nothing(share, told, hears_all, cast, ellen):
    link = share()
    assert ("Ellen", "happened", 1) in told()
    assert bell(ellen) == 1
    assert people(timezone.now(), sent_at=None)

    Space.objects.filter(pk=cast.space.pk).update(kinds_off=["peilingen", "links"])
    assert bell(ellen) == 0
    assert not [one for one in people(timezone.now(), sent_at=None) if one.user_id == cast.ellen.pk]
    Space.objects.filter(pk=cast.space.pk).update(kinds_off=["peilingen"])
    assert bell(ellen) == 1

    other = share()
    Space.objects.filter(pk=cast.space.pk).update(kinds_off=["links"])
    told(timedelta(minutes=5))
    assert not Notice.objects.filter(item_id=other.pk).exists()
    assert Notice.objects.filter(item_id=link.pk).count() == 1


def test_one_line_and_one_mail_however_much_happens(share, told, hears_all, cast, as_actor, ellen):
    link = share()
    told()
    for number in range(1, 4):
        with time_machine.travel(timezone.now() + timedelta(minutes=5 * number)):
            add_comment(as_actor("carla"), LinkComment, link, body=from_plain("Nog iets."))
        told(timedelta(minutes=5 * number + 2))
        spread.spread()

    assert Notice.objects.filter(membership=cast.members["ellen"], item_id=link.pk).count() == 1
    assert Notice.objects.get(membership=cast.members["ellen"]).count == 4
    assert bell(ellen) == 1
    ellen.get(address(link))
    assert bell(ellen) == 0
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        spread.spread()
        assert not Notice.objects.unread().filter(membership=cast.members["ellen"]).exists()
