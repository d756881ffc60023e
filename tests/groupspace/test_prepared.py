"""A prepared question answers as the queryset it was made of, whatever is filled in; it refuses what would go stale."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, F, Value
from django.utils import timezone

from groupspace.models import Membership, Space
from groupspace.prepared import Prepared
from tests.cast import add_member, make_professional, make_space, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def spaces():
    first, second = make_space(make_professional(), name="Eerste"), make_space(make_professional(), name="Tweede")
    add_member(first, make_user(), "Beer")
    return first, second


def test_other_values_give_other_answers(spaces):
    question = Prepared(lambda pk: Space.objects.filter(pk=pk))

    assert [question.first(space.pk).name for space in spaces] == ["Eerste", "Tweede"]
    assert question.first(spaces[0].pk) == spaces[0]
    assert question.first(uuid4()) is None


def test_instances_are_whole_and_can_be_saved(spaces):
    found = Prepared(lambda pk: Space.objects.filter(pk=pk)).first(spaces[0].pk)
    stored = Space.objects.get(pk=spaces[0].pk)

    for field in Space._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(stored, field.attname), field.name
        assert type(getattr(found, field.attname)) is type(getattr(stored, field.attname)), field.name
    found.name = "Anders"
    found.save()
    assert Space.objects.filter(name="Anders").count() == 1


def test_annotations_come_with_the_instances(spaces):
    question = Prepared(
        lambda pk: Membership.objects.filter(space=pk).annotate(of=F("space__name"), one=Value(1)).order_by("since")
    )

    assert [(member.display_name, member.of, member.one) for member in question.objects(spaces[0].pk)] == [
        (member.display_name, "Eerste", 1) for member in spaces[0].memberships.order_by("since")
    ]


def test_rows_hold_python_values_on_every_database(spaces):
    question = Prepared(lambda now: Membership.objects.active(now).order_by("pk").values_list("pk", "space", "since"))

    assert [tuple(row) for row in question.rows(timezone.now())] == list(
        Membership.objects.order_by("pk").values_list("pk", "space", "since")
    )


def test_grouped_count(spaces):
    question = Prepared(
        lambda space: Membership.objects.filter(space=space).values("space").annotate(n=Count("pk")).values_list("n")
    )

    assert [[row[0] for row in question.rows(space.pk)] for space in spaces] == [[2], [1]]


def test_every_kind_of_blank(spaces):
    member = spaces[0].memberships.get(display_name="Beer")
    question = Prepared(
        lambda pk, name, user, now: Membership.objects.filter(
            space=pk, display_name=name, user=user, since__lte=now, until=None
        )
    )
    values = [spaces[0].pk, "Beer", member.user_id, timezone.now()]

    assert question.first(*values) == member
    others = [spaces[1].pk, "' OR 1=1 --", member.user_id + 1, member.since.replace(year=2000)]
    for position, other in enumerate(others):
        assert question.first(*[other if at == position else value for at, value in enumerate(values)]) is None


def test_same_blank_twice(spaces):
    question = Prepared(lambda pk: Membership.objects.filter(space=pk, space__pk=pk))

    assert len(list(question.objects(spaces[0].pk))) == 2


def test_one_statement_and_only_the_first_time_put_into_sql(spaces, django_assert_num_queries):
    built = []

    def build(pk):
        built.append(pk)
        return Space.objects.filter(pk=pk)

    question = Prepared(build)
    with django_assert_num_queries(3):
        for space in (*spaces, spaces[0]):
            question.first(space.pk)
    assert len(built) == 2  # twice, to compare


def test_a_frozen_clock_is_refused(spaces):
    question = Prepared(lambda pk: Membership.objects.active().filter(space=pk))

    with pytest.raises(ValueError, match="another value each time"):
        question.first(spaces[0].pk)


def test_a_value_that_changes_the_question_is_refused(spaces):
    on = iter([False, True])

    with pytest.raises(ValueError, match="changes the question"):
        Prepared(lambda pk: Space.objects.filter(pk=pk).order_by("pk" if next(on) else "name")).first(spaces[0].pk)


def test_a_blank_that_is_not_used_is_refused(spaces):
    with pytest.raises(ValueError, match="not in it"):
        Prepared(lambda pk, other: Space.objects.filter(pk=pk)).first(spaces[0].pk, 1)


@pytest.mark.parametrize("value", [None, [1], True, object()])
def test_what_cannot_be_a_blank_is_refused(value):
    with pytest.raises(TypeError, match="A blank takes"):
        Prepared(lambda pk: Space.objects.filter(pk=pk)).first(value)


def test_nothing_is_found_for_none_later_on(spaces):
    """A question that was asked before is not checked again: None must still find nothing."""
    question = Prepared(lambda user: Membership.objects.filter(user=user))
    assert question.first(spaces[0].memberships.first().user_id)
    Membership.objects.filter(space=spaces[1]).update(user=None)

    assert question.first(None) is None


@pytest.mark.django_db(transaction=True)
def test_threads_each_have_their_own():
    question = Prepared(lambda username: get_user_model().objects.filter(username=username))
    names = [make_user(f"lezer-{number}").username for number in range(12)]

    def ask(name):
        try:
            return question.first(name).username
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, names * 3)) == names * 3


def test_uneven_question_gives_the_same_answers_and_is_planned_for_its_values(spaces):
    even = Prepared(lambda name: Space.objects.filter(name=name).order_by("pk"))
    uneven = Prepared(lambda name: Space.objects.filter(name=name).order_by("-pk"), uneven=True)
    for name in ["Eerste", "Tweede", "Geen"] * 3:
        assert list(even.objects(name)) == list(uneven.objects(name)) == list(Space.objects.filter(name=name))

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%%groupspace_space%%'")
            planned = " ".join(statement for (statement,) in cursor.fetchall())
        assert '"groupspace_space"."id" ASC' in planned, "nothing is planned once here: the test shows nothing"
        assert '"groupspace_space"."id" DESC' not in planned
