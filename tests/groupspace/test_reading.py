"""Questions that are put into SQL once answer each reader as the policy would."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groupspace import policy
from groupspace.actor import Actor, actor_for
from groupspace.kinds import all_kinds
from groupspace.links.models import Link
from groupspace.models import Space
from groupspace.permissions import FACILITATOR
from groupspace.reading import ForReader, InSpace, within
from tests.cast import Cast, add_member, make_space, verified

pytestmark = pytest.mark.django_db


def build(reader: Actor) -> Any:
    return policy.visible(reader, Link.objects.order_by("id"))


@pytest.fixture
def links(cast: Cast) -> None:
    """In both groups a link for all, for facilitators and for its maker alone."""
    for member in (cast.members["ben"], cast.other.memberships.get(user=cast.frank)):
        for audience in ("space", "facilitators", "self"):
            Link.objects.create(
                space=member.space, author=member, title=audience, url="https://x.nl", audience=audience
            )


def test_everybody_gets_what_the_policy_shows_them(cast: Cast, links: None) -> None:
    question = ForReader(build)
    add_member(cast.other, cast.ellen, "Els")  # the same rights in two groups
    people = [verified(user) for user in (cast.anna, cast.ben, cast.carla, cast.ellen, cast.dora, cast.frank)]
    people += [actor_for(cast.anna), Actor()]  # without the second step, and nobody

    for actor in people * 2:
        assert list(question.objects(actor)) == list(build(actor))
    seen = {len(list(question.objects(actor))) for actor in people}
    assert len(seen) > 2, "somebody sees more than another"


def test_who_may_do_the_same_shares_one_question(cast: Cast, links: None) -> None:
    made: list[Actor] = []

    def counted(reader: Actor) -> Any:
        made.append(reader)
        return build(reader)

    question = ForReader(counted)
    second = add_member(cast.space, cast.dora, "Daan")
    ben, dora = verified(cast.ben), verified(second.user)
    own = {link.title for link in question.objects(ben)}
    others = {link.title for link in question.objects(dora)}

    assert (own, others) == ({"space", "facilitators", "self"}, {"space"})
    assert len(made) == 2, "put into SQL for the first reader only, twice to find the blanks"
    made_before = len(made)
    list(question.objects(verified(cast.anna)))
    assert len(made) > made_before, "who may do more asks another question"


def test_a_right_that_was_taken_away_counts_at_once(cast: Cast, links: None) -> None:
    question = InSpace(lambda reader, space: build(reader).filter(space=space))
    assert len(list(question.objects(verified(cast.ben), cast.space.pk))) == 3

    Space.objects.filter(pk=cast.space.pk).update(kinds_off=["links"])
    assert list(question.objects(verified(cast.ben), cast.space.pk)) == []
    assert list(question.objects(verified(cast.frank), cast.space.pk)) == []


def test_a_reader_is_narrowed_to_spaces_and_never_widened(cast: Cast) -> None:
    actor = verified(cast.ben)
    assert set(within(actor, [cast.space.pk, cast.other.pk]).spaces) == {cast.space.pk}


def test_lines_tell_of_each_item_what_it_tells_itself(cast: Cast) -> None:
    other = make_space(cast.frank)
    led = other.memberships.get(role=FACILITATOR.code)
    for kind in all_kinds():
        items = [kind.make_example(member, "Voorbeeld") for member in (cast.members["carla"], led, led)]
        wanted = {item.pk for item in items}
        for actor in (verified(cast.carla), verified(cast.frank)):
            lines = kind.lines(actor, wanted)
            seen = [item for item in items if item.space_id in actor.spaces]
            assert {pk: line.url for pk, line in lines.items()} == {item.pk: kind.url_of(item) for item in seen}
        with CaptureQueriesContext(connection) as queries:
            kind.lines(verified(cast.frank), wanted)
        assert len([q for q in queries if "FROM" in q["sql"]]) == 2, "the actor, and one for all lines"
