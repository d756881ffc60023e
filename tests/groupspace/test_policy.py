"""The policy: what each actor sees and may do, for an object and for a list alike."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from groupspace import policy
from groupspace.actor import NOBODY, Access, Actor, actor_for
from groupspace.models import Membership, Professional, Space, SpaceGrant
from groupspace.permissions import PROFESSIONAL, Permission
from tests.cast import Cast, add_member, make_professional, make_space, make_user, unverified, verified

NAMES = ("anonymous", "anna", "ben", "carla", "ellen", "dora", "frank", "pim", "editor", "operator")


@pytest.mark.parametrize("name", NAMES)
def test_listing_and_single_answer_agree(cast: Cast, name: str) -> None:
    actor = cast.actor(name)

    listed = set(Space.objects.visible_to(actor))
    allowed = {space for space in Space.objects.all() if policy.can(actor, "view", space)}

    assert listed == allowed


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("visibility", Space.Visibility.values)
@pytest.mark.parametrize("state", Space.State.values)
@pytest.mark.parametrize("kind", ["group", "intervision", "unknown"])
def test_who_may_know_of_a_space_is_the_same_for_list_and_object(
    cast: Cast, name: str, visibility: str, state: str, kind: str
) -> None:
    Space.objects.filter(pk=cast.other.pk).update(visibility=visibility, state=state, kind=kind)
    other = Space.objects.get(pk=cast.other.pk)
    actor = cast.actor(name)

    assert policy.may_know_of(actor, other) == Space.objects.listed_to(actor).filter(pk=other.pk).exists()


def test_only_members_see_a_space(cast: Cast) -> None:
    seen = {name for name in NAMES if policy.can(cast.actor(name), "view", cast.space)}

    assert seen == {"anna", "ben", "carla", "ellen"}


@pytest.mark.parametrize("name", ["dora", "frank", "pim", "editor", "operator"])
@pytest.mark.parametrize("action", sorted(policy.SpacePolicy.needs))
def test_a_hidden_space_is_hidden_whatever_one_asks(cast: Cast, name: str, action: str) -> None:
    verdict = policy.can(cast.actor(name), action, cast.space)

    assert (verdict.allowed, verdict.hide) == (False, True)


def test_a_superuser_gets_nothing_extra(cast: Cast) -> None:
    assert cast.operator.has_perm("groupspace.view_space", cast.space)  # what django-guardian says

    assert cast.actor("operator").spaces == {}


MEMBERS_MAY = {"view", "leave", "rename_self", "agree", "tell_about_self", "see_members", "post", "upload"}


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("anna", set(policy.SpacePolicy.needs)),
        ("carla", set(policy.SpacePolicy.needs) - {"change"}),
        ("ben", MEMBERS_MAY),
        ("ellen", MEMBERS_MAY),  # moderating needs the second step
    ],
)
def test_roles_may_what_the_table_says(cast: Cast, name: str, may: set[str]) -> None:
    actor = cast.actor(name)

    assert {action for action in policy.SpacePolicy.needs if policy.can(actor, action, cast.space)} == may


def test_an_experience_expert_moderates_after_the_second_step(cast: Cast) -> None:
    assert not policy.can(unverified(cast.ellen), "moderate", cast.space)
    assert policy.can(verified(cast.ellen), "moderate", cast.space)


def test_a_facilitator_with_only_a_password_is_asked_for_the_second_step(cast: Cast) -> None:
    verdict = policy.can(unverified(cast.anna), "view", cast.space)

    assert (verdict.allowed, verdict.verify, verdict.hide) == (False, True, False)
    assert not Space.objects.visible_to(unverified(cast.anna)).exists()


def test_without_verification_nobody_has_power_over_others(cast: Cast) -> None:
    for user in (cast.anna, cast.ben, cast.carla, cast.ellen):
        permissions = unverified(user).permissions_in(cast.space.pk)
        assert permissions & PROFESSIONAL == frozenset()


def test_the_actor_costs_one_query_for_any_number_of_spaces(cast: Cast, django_assert_num_queries) -> None:
    leader = cast.frank
    for _number in range(5):
        add_member(make_space(leader), cast.ben, "Beer")

    with django_assert_num_queries(1):
        actor = unverified(cast.ben)

    assert len(actor.spaces) == 6


def test_answers_cost_no_query(cast: Cast, django_assert_num_queries) -> None:
    actor = cast.actor("ben")

    with django_assert_num_queries(0):
        for action in policy.SpacePolicy.needs:
            policy.can(actor, action, cast.space)


@pytest.mark.parametrize("change", [{"state": "suspended"}, {"state": "left"}, {"state": "removed"}])
def test_a_membership_that_ended_gives_nothing_even_when_grants_are_left(cast: Cast, change: dict[str, str]) -> None:
    Membership.objects.filter(pk=cast.members["ben"].pk).update(**change)
    assert SpaceGrant.objects.filter(user=cast.ben).exists()

    assert unverified(cast.ben).spaces == {}


def test_a_membership_counts_only_in_its_term(cast: Cast) -> None:
    now = timezone.now()
    ben = Membership.objects.filter(pk=cast.members["ben"].pk)

    ben.update(until=now - timedelta(seconds=1))
    assert unverified(cast.ben).spaces == {}
    ben.update(until=now + timedelta(hours=1))
    assert cast.space.pk in unverified(cast.ben).spaces
    ben.update(since=now + timedelta(minutes=5))
    assert unverified(cast.ben).spaces == {}


def test_grants_without_a_membership_give_nothing(cast: Cast) -> None:
    from guardian.shortcuts import assign_perm

    assign_perm("groupspace.view_space", cast.dora, cast.space)
    assert cast.dora.has_perm("groupspace.view_space", cast.space)

    assert unverified(cast.dora).spaces == {}


def test_a_membership_without_grants_gives_nothing(cast: Cast) -> None:
    SpaceGrant.objects.filter(user=cast.ben).delete()

    assert unverified(cast.ben).spaces == {}


def test_a_grant_for_everything_does_not_open_a_space(cast: Cast) -> None:
    from guardian.shortcuts import assign_perm

    assign_perm("groupspace.view_space", cast.dora)

    assert unverified(cast.dora).spaces == {}


def test_an_inactive_account_is_nobody(cast: Cast) -> None:
    cast.ben.is_active = False

    assert actor_for(cast.ben, verified=True) == NOBODY


def test_a_read_only_space_takes_no_posts(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")
    cast.space.refresh_from_db()

    verdict = policy.can(cast.actor("ben"), "post", cast.space)

    assert policy.can(cast.actor("ben"), "view", cast.space)
    assert (verdict.allowed, verdict.reason) == (False, policy.READ_ONLY.reason)


def test_a_closed_space_lets_nobody_in(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(state="closed")

    assert all(cast.space.pk not in cast.actor(name).spaces for name in NAMES)


def test_a_space_of_an_unknown_kind_lets_nobody_in(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(kind="not_installed")

    assert all(cast.space.pk not in cast.actor(name).spaces for name in NAMES)


def test_an_unknown_role_gives_nothing(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.members["ben"].pk).update(role="not_installed")

    assert unverified(cast.ben).spaces == {}


class TestProfessionalsOnly:
    """Spaces that only verified professionals may enter, or know of."""

    @pytest.fixture
    def forum(self, cast: Cast) -> Space:
        forum = make_space(cast.anna, kind="intervision", visibility="listed", join_policy="request")
        add_member(forum, cast.frank, "Frank")
        return forum

    def test_only_verified_professionals_know_of_it(self, cast: Cast, forum: Space) -> None:
        knowing = {name for name in NAMES if policy.may_know_of(cast.actor(name), forum)}

        assert knowing == {"anna", "frank", "pim"}

    def test_a_professional_with_only_a_password_does_not_find_it(self, cast: Cast, forum: Space) -> None:
        assert forum not in Space.objects.listed_to(unverified(cast.pim))

    def test_a_help_seeker_with_a_second_step_does_not_find_it(self, cast: Cast, forum: Space) -> None:
        assert forum not in Space.objects.listed_to(verified(cast.ben))
        assert policy.can(verified(cast.ben), "join", forum).hide

    @pytest.mark.parametrize("ending", [{"until": timezone.localdate() - timedelta(days=1)}, {"since": None}])
    def test_whoever_is_no_longer_vouched_for_is_out_at_once(
        self, cast: Cast, forum: Space, ending: dict[str, object]
    ) -> None:
        assert forum.pk in verified(cast.frank).spaces
        if ending == {"since": None}:
            Professional.objects.filter(user=cast.frank).delete()
        else:
            Professional.objects.filter(user=cast.frank).update(**ending)

        assert forum.pk not in verified(cast.frank).spaces

    def test_an_organisation_that_stops_takes_its_professionals_out(self, cast: Cast, forum: Space) -> None:
        organisation = cast.frank.groupspace_professional.organisation
        organisation.is_active = False
        organisation.save()

        assert forum.pk not in verified(cast.frank).spaces


def test_a_model_without_a_policy_is_refused(cast: Cast) -> None:
    from groupspace.models import JoinQuestion

    with pytest.raises(LookupError, match="has no policy"):
        policy.visible(cast.actor("anna"), JoinQuestion.objects.all())
    with pytest.raises(LookupError, match="has no policy"):
        policy.can(cast.actor("anna"), "view", JoinQuestion())


def test_a_second_policy_for_a_model_is_refused() -> None:
    with pytest.raises(ValueError, match="already has a policy"):
        policy.register(Space, policy.SpacePolicy())


def test_an_undeclared_action_is_refused(cast: Cast) -> None:
    assert not policy.can(cast.actor("anna"), "no_such_action", cast.space)


class Note:
    """Content as the content policy sees it, in every combination of audience and author."""

    def __init__(self, space_id: object, author_id: object, audience: str) -> None:
        self.space_id, self.author_id, self.audience = space_id, author_id, audience


@pytest.mark.parametrize("audience", ["space", "facilitators", "self"])
def test_audience_only_narrows(audience: str) -> None:
    space_id, me, other = object(), object(), object()
    rules = policy.ContentPolicy()
    powers = [frozenset({"view_space"}), frozenset({"view_space", "facilitate"}), frozenset()]

    for permissions, author in itertools.product(powers, (me, other)):
        actor = Actor(1, True, {space_id: Access(me, "participant", permissions)})
        seen = bool(rules.can(actor, "view", Note(space_id, author, audience)))
        wide_enough = (
            audience == "space" or author is me or (audience == "facilitators" and "facilitate" in permissions)
        )
        assert seen == ("view_space" in permissions and wide_enough)


def test_authors_may_not_edit_when_they_may_no_longer_write() -> None:
    space_id, me = object(), object()
    note = Note(space_id, me, "space")
    rules = policy.ContentPolicy()
    reading = Access(me, "participant", frozenset({Permission.VIEW_SPACE}))
    writing = Access(me, "participant", frozenset({Permission.VIEW_SPACE, Permission.POST}))

    assert rules.can(Actor(1, False, {space_id: writing}), "edit", note)
    assert not rules.can(Actor(1, False, {space_id: reading}), "edit", note)


def test_authors_take_their_own_words_back_as_long_as_they_can_read() -> None:
    space_id, me, other = object(), object(), object()
    rules = policy.ContentPolicy()
    reading = Access(me, "participant", frozenset({Permission.VIEW_SPACE}), state="read_only")
    actor = Actor(1, False, {space_id: reading})

    assert rules.can(actor, "delete", Note(space_id, me, "space"))
    assert not rules.can(actor, "delete", Note(space_id, other, "space"))


def test_newcomers_are_strangers(db: None) -> None:
    space = make_space(make_professional(), visibility="hidden")

    assert policy.can(verified(make_user()), "join", space).hide
