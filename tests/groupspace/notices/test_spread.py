"""Who is told: as much as each wants, never of one's own doing, never twice, and only who may read it now."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from groupspace import actions as spaces
from groupspace.actor import actor_for
from groupspace.forum.models import Topic
from groupspace.models import Audience, Membership, Space
from groupspace.notices import actions
from groupspace.notices.models import Level, Notice, Reason, Wish
from groupspace.notices.telling import spread
from groupspace.notices.telling.about_spaces import TOLD_TO
from groupspace.stream.actions import forget
from groupspace.stream.models import Happening
from tests.cast import add_member

pytestmark = pytest.mark.django_db
LEVELS = {
    Level.ALL: {"announced", "named", "answered", "followed", "happened"},
    Level.MINE: {"announced", "named", "answered", "followed"},
    Level.NAMED: {"announced", "named"},
    Level.NONE: {"announced"},
}
#: The others are for who facilitates, or told at any level: of the space itself, and of what got stuck by the forum.
REASONS = [reason for reason in Reason.values if reason not in {*TOLD_TO, Reason.UNANSWERED, Reason.STUCK}]


@pytest.mark.parametrize(("level", "reason"), list(itertools.product(Level.values, REASONS)))
def test_level_lets_through_what_its_sentence_says(cast, start, say, told, concerns, level, reason):
    topic = start("carla")
    Happening.objects.all().delete()
    Wish.objects.create(membership=cast.members["ben"], level=level)
    concerns({} if reason in {"happened", "announced"} else {cast.members["ben"].pk: reason})
    say("carla", topic, "announced" if reason == "announced" else "replied")

    ours = [row for row in told() if row[0] == "Beer"]

    assert ours == ([("Beer", reason, 1)] if reason in LEVELS[level] else [])


def test_default_is_answers_and_what_one_follows():
    assert Level.MINE == "mine"
    assert Level("mine").reasons == LEVELS[Level.MINE]


def test_wish_for_a_kind_goes_before_the_one_for_the_space(cast, start, say, told, concerns):
    topic = start("carla")
    concerns({})
    mine = cast.members["ben"]
    actions.set_wishes(cast.actor("ben"), cast.space, {"": "all", "gesprekken": "none"})
    say("carla", topic)
    assert told() == []

    actions.set_wishes(cast.actor("ben"), cast.space, {"": "none", "gesprekken": ""})
    assert actions.wishes_of(mine.pk) == {"": "none"}
    actions.set_wishes(cast.actor("ben"), cast.space, {"": "none", "gesprekken": "all"})
    say("carla", topic)

    assert told() == [("Beer", "happened", 1)]


def test_nobody_is_told_of_own_doing(cast, start, say, told, concerns):
    topic = start("ben")
    for member in cast.members.values():
        Wish.objects.create(membership=member, level="all")
    concerns({member.pk: "followed" for member in cast.members.values()})
    say("ben", topic)

    names = {name for name, _reason, _count in told()}

    assert names == {"Anna", "Carla", "Ellen"}  # nor Frank, who leads another group


def test_what_happens_again_is_one_notice_with_the_strongest_reason(cast, start, say, told, concerns):
    topic = start("carla")
    Happening.objects.all().delete()
    mine = cast.members["ben"].pk
    for reason in ("followed", "named", "answered"):
        concerns({mine: reason})
        say("carla", topic)
        told()

    assert told() == [("Beer", "named", 3)]
    assert Notice.objects.count() == 1


def test_muted_item_is_silent_at_every_level(cast, start, say, told, concerns):
    topic = start("carla")
    Wish.objects.create(membership=cast.members["ben"], level="all")
    concerns({cast.members["ben"].pk: "muted"})
    say("carla", topic)

    assert told() == []


def test_nobody_is_told_within_the_minute_in_which_words_can_be_taken_back(cast, start, say, told, concerns):
    topic = start("carla")
    concerns({cast.members["ben"].pk: "answered"})
    say("carla", topic)

    assert told(timedelta(seconds=50)) == []
    assert not spread.waiting()
    forget(part_id=topic.pk)
    Happening.objects.filter(verb="started").delete()

    assert told() == []


def test_nothing_is_told_twice(cast, start, say, told, concerns):
    topic = start("carla")
    Happening.objects.all().delete()
    concerns({cast.members["ben"].pk: "answered"})
    say("carla", topic, named=["ben"])

    assert told() == [("Beer", "answered", 1)]
    assert told() == [("Beer", "answered", 1)]
    assert not spread.waiting()
    assert Happening.objects.get().named == []  # who was named is known no longer than needed


def test_two_workers_tell_once(cast, start, say, concerns):
    topic = start("carla")
    concerns({cast.members["ben"].pk: "answered"})
    happening = say("carla", topic)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert [spread._tell(happening), spread._tell(happening)] == [True, False]
    assert Notice.objects.get().count == 1


def test_crash_in_the_middle_loses_nothing_and_repeats_nothing(cast, start, say, told, concerns, monkeypatch):
    topic = start("carla")
    Happening.objects.all().delete()
    concerns({cast.members["ben"].pk: "answered", cast.members["ellen"].pk: "followed"})
    say("carla", topic)
    write = spread.write

    def die(*given):
        write(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(spread, "write", die)
    with pytest.raises(KeyboardInterrupt):
        told()
    assert not Notice.objects.exists()
    monkeypatch.setattr(spread, "write", write)

    assert told() == [("Beer", "answered", 1), ("Ellen", "followed", 1)]


@pytest.mark.parametrize("how", ["removed", "suspended", "left", "quiet", "permission", "account"])
def test_who_is_out_in_between_is_not_told(cast, start, say, told, concerns, how):
    topic, ben = start("carla"), cast.members["ben"]
    Happening.objects.all().delete()
    concerns({ben.pk: "named"})
    say("carla", topic)
    if how == "removed":
        spaces.remove(cast.actor("anna"), ben)
    elif how == "suspended":
        spaces.suspend(cast.actor("anna"), ben)
    elif how == "left":
        spaces.leave(cast.actor("ben"), cast.space)
    elif how == "quiet":
        Membership.objects.filter(pk=ben.pk).update(quiet_until=timezone.localdate() + timedelta(days=7))
    elif how == "permission":
        spaces.set_exceptions(cast.actor("anna"), ben, {"view_space": False})
    else:
        type(cast.ben).objects.filter(pk=cast.ben.pk).update(is_active=False)

    assert told() == []
    assert not spread.waiting()  # and it is not told later either


def test_audience_and_space_decide_at_the_moment_of_telling(cast, start, say, told, concerns):
    everyone = {member.pk: "named" for member in cast.members.values()}
    topic = start("ben")
    Happening.objects.all().delete()
    concerns(everyone)
    say("carla", topic)
    Topic.objects.filter(pk=topic.pk).update(audience=Audience.FACILITATORS)
    assert told() == [("Anna", "named", 1), ("Beer", "named", 1)]

    Notice.objects.all().delete()
    say("carla", topic)
    Space.objects.filter(pk=cast.space.pk).update(state="closed")
    assert told() == []


def test_item_that_is_gone_and_kind_that_is_gone_are_told_to_nobody(cast, start, say, told, concerns):
    topic = start("ben")
    Happening.objects.all().delete()
    concerns({cast.members["ben"].pk: "named"})
    Happening.objects.filter(pk=say("carla", topic).pk).update(kind="weg")
    gone = say("carla", topic)
    Happening.objects.filter(pk=gone.pk).update(item_id=cast.space.pk)

    assert told() == []


def test_happenings_of_long_ago_are_no_news(cast, start, say, told, concerns):
    topic = start("carla")
    concerns({cast.members["ben"].pk: "named"})
    say("carla", topic, at=timezone.now() - timedelta(days=15))

    assert [row for row in told() if row[1] == "named" and row[2] > 1] == []
    assert not spread.waiting()


def test_who_looked_after_it_happened_is_not_told(cast, start, say, told, concerns):
    topic = start("carla")
    Happening.objects.all().delete()
    concerns({cast.members["ben"].pk: "answered"})
    say("carla", topic)
    told()
    say("ellen", topic)
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        assert actions.mark_opened(actor_for(cast.ben), topic) == 1

    assert told() == []


def test_comment_concerns_whoever_made_the_item_unless_the_kind_says_otherwise(cast, start, say):
    from groupspace.kinds import Kind, all_kinds

    topic = start("ben")
    kind = next(kind for kind in all_kinds() if kind.slug == "gesprekken")
    happening = say("carla", topic, "commented", named=["ellen"])

    assert Kind.hearers(kind, happening) == {cast.members["ben"].pk: "answered", cast.members["ellen"].pk: "named"}
    assert Kind.hearers(kind, say("carla", topic, part=False)) == {}


def test_announcement_reaches_everybody_once_a_day(cast, start, told):
    topic = start("anna")
    Happening.objects.all().delete()
    for name in ("ben", "ellen"):
        Wish.objects.create(membership=cast.members[name], level="none")
    with pytest.raises(Exception, match="Dat kan niet met jouw rol"):
        actions.announce(cast.actor("ben"), cast.space, topic)
    actions.announce(cast.actor("anna"), cast.space, topic)
    with pytest.raises(Exception, match="vandaag al gemeld"):
        actions.announce(cast.actor("carla"), cast.space, topic)

    assert told() == [("Beer", "announced", 1), ("Carla", "announced", 1), ("Ellen", "announced", 1)]


def test_another_group_hears_nothing(cast, start, say, told, concerns):
    add_member(cast.other, cast.dora, "Dora")
    Wish.objects.create(membership=cast.other.memberships.get(user=cast.dora), level="all")
    concerns({cast.other.memberships.get(user=cast.dora).pk: "named"})
    say("carla", start("ben"))

    assert told() == []
