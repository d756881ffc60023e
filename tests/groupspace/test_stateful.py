"""Random lives of a group against a small model of who is in: policy, lists and grants must never disagree with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from groupspace import actions, policy
from groupspace.actor import actor_for
from groupspace.models import Invitation, JoinRequest, Membership, Space, SpaceGrant
from groupspace.permissions import (
    ALUMNUS,
    CHAMPION,
    CO_FACILITATOR,
    EXPERIENCE_EXPERT,
    FACILITATOR,
    OBSERVER,
    ORGANISER,
    PARTICIPANT,
    PROFESSIONAL,
    READING,
)
from tests.cast import add_member, make_professional, make_space, make_user
from tests.counts import count

ROLES = {
    role.code: role
    for role in (
        PARTICIPANT,
        CHAMPION,
        ALUMNUS,
        OBSERVER,
        EXPERIENCE_EXPERT,
        CO_FACILITATOR,
        ORGANISER,
        FACILITATOR,
    )
}
TAKES_MEMBERS = {"recruiting", "open"}
PEOPLE = range(5)
SPACES = range(2)
who, where = st.sampled_from(PEOPLE), st.sampled_from(SPACES)
REFUSED = (PermissionDenied, ValidationError)


class GroupLife(RuleBasedStateMachine):
    """Each space starts with a leader and some members; `role` and `out` are all the model knows.

    The model decides by itself whether an act must succeed; when the code disagrees, the test fails.
    """

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = [make_professional(), make_professional(), make_user(), make_user(), make_user()]
        self.spaces = [
            make_space(self.people[0], visibility="listed", join_policy="open", display_name="p0"),
            make_space(self.people[1], visibility="hidden", join_policy="request", display_name="p1"),
        ]
        self.role: dict[tuple[int, int], str] = {(0, 0): "facilitator", (1, 1): "facilitator"}
        for person, space, role in ((1, 0, "co_facilitator"), (2, 0, "experience_expert"), (3, 1, "co_facilitator")):
            add_member(self.spaces[space], self.people[person], f"p{person}", role)
            self.role[person, space] = role
        self.out: dict[tuple[int, int], str] = {}
        self.state = ["open", "open"]
        self.active = [True] * len(PEOPLE)
        self.codes: list[tuple[Invitation, int, bool, int]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # What the model says

    def power(self, person: int, space: int, permission: str) -> bool:
        if not self.active[person] or self.state[space] in {"closed", "erased"}:
            return False
        role = ROLES.get(self.role.get((person, space), ""))
        permissions = role.permissions if role else frozenset()
        if self.state[space] == "read_only" or (self.state[space] == "recruiting" and "facilitate" not in permissions):
            permissions &= READING
        return permission in permissions

    def leaders(self, space: int) -> list[int]:
        return [p for (p, s), role in self.role.items() if s == space and role == "facilitator"]

    def actor(self, person: int, *, verified: bool = True) -> Any:
        return actor_for(self.people[person], verified=verified)

    def member(self, person: int, space: int) -> Membership | None:
        found = Membership.objects.filter(user=self.people[person], space=self.spaces[space])
        return found.select_related("space").first()

    def expect(self, should: bool, act: Any) -> bool:
        try:
            with transaction.atomic():
                act()
        except REFUSED:
            assert not should
            return False
        assert should
        return True

    # What people do

    @rule(person=who, space=where)
    def join(self, person: int, space: int) -> None:
        fits = space == 0 and self.state[0] in TAKES_MEMBERS and self.active[person]
        new = (person, space) not in self.role and self.out.get((person, space)) not in {"removed", "suspended"}
        if self.expect(
            fits and new, lambda: actions.join(self.actor(person), self.spaces[space], display_name=f"p{person}")
        ):
            self.role[person, space] = "participant"
            self.out.pop((person, space), None)

    @rule(person=who, by=who, space=where, for_group=st.booleans(), role=st.sampled_from(list(ROLES)))
    def invite(self, person: int, by: int, space: int, for_group: bool, role: str) -> None:
        may = self.power(by, space, "manage_members") and not (for_group and role != "participant")
        may = may and (role != "facilitator" or self.power(by, space, "change_space"))

        def act() -> None:
            made, _code = actions.invite(self.actor(by), self.spaces[space], role=role, for_group=for_group)
            self.codes.append((made, space, for_group, by))

        self.expect(may, act)

    @precondition(lambda self: self.codes)
    @rule(person=who, pick=st.integers(0, 99))
    def accept(self, person: int, pick: int) -> None:
        invitation, space, for_group, by = self.codes[pick % len(self.codes)]
        invitation.refresh_from_db()
        usable = invitation.revoked_at is None and invitation.uses < invitation.max_uses
        usable = usable and self.power(by, space, "manage_members")
        usable = usable and (invitation.role != "facilitator" or self.power(by, space, "change_space"))
        barred = {"suspended"} | ({"removed"} if for_group else set())
        new = (person, space) not in self.role and self.out.get((person, space)) not in barred
        fits = usable and new and self.active[person] and self.state[space] in TAKES_MEMBERS
        if self.expect(
            fits, lambda: actions.accept_invitation(self.actor(person), invitation, display_name=f"p{person}")
        ):
            self.role[person, space] = invitation.role
            self.out.pop((person, space), None)

    @precondition(lambda self: self.codes)
    @rule(by=who, pick=st.integers(0, 99))
    def revoke(self, by: int, pick: int) -> None:
        invitation, space, _for_group, _by = self.codes[pick % len(self.codes)]
        self.expect(self.power(by, space, "manage_members"), lambda: actions.revoke(self.actor(by), invitation))

    @rule(person=who, space=where)
    def leave(self, person: int, space: int) -> None:
        last = self.leaders(space) == [person]
        if self.expect(
            self.power(person, space, "view_space") and not last,
            lambda: actions.leave(self.actor(person), self.spaces[space]),
        ):
            del self.role[person, space]
            self.out[person, space] = "left"

    @rule(by=who, person=who, space=where, verb=st.sampled_from(["remove", "suspend"]))
    def send_away(self, by: int, person: int, space: int, verb: str) -> None:
        membership = self.member(person, space)
        if membership is None or (person, space) not in self.role:
            return
        may = self.power(by, space, "manage_members") and by != person
        leads = self.role[person, space] == "facilitator"
        may = may and (not leads or (self.power(by, space, "change_space") and self.leaders(space) != [person]))
        if self.expect(may, lambda: getattr(actions, verb)(self.actor(by), membership)):
            del self.role[person, space]
            self.out[person, space] = "removed" if verb == "remove" else "suspended"

    @rule(by=who, person=who, space=where, role=st.sampled_from(list(ROLES)))
    def change_role(self, by: int, person: int, space: int, role: str) -> None:
        membership = self.member(person, space)
        if membership is None or (person, space) not in self.role:
            return
        may = self.power(by, space, "manage_members") and by != person
        if "facilitator" in {role, self.role[person, space]}:
            may = may and self.power(by, space, "change_space")
        if role != "facilitator" and self.leaders(space) == [person]:
            may = False
        if self.expect(may, lambda: actions.set_role(self.actor(by), membership, role=role)):
            self.role[person, space] = role

    @rule(by=who, space=where, state=st.sampled_from(Space.State.values))
    def change_state(self, by: int, space: int, state: str) -> None:
        may = self.power(by, space, "change_space")
        fresh = Space.objects.get(pk=self.spaces[space].pk)
        if self.expect(may, lambda: actions.change_space(self.actor(by), fresh, state=state)):
            self.state[space] = state
            self.spaces[space].state = state

    @rule(person=who)
    def switch_account(self, person: int) -> None:
        self.active[person] = not self.active[person]
        self.people[person].is_active = self.active[person]
        self.people[person].save()

    # What must hold after every step

    @invariant()
    def actor_policy_list_and_grants_agree_with_the_model(self) -> None:
        for person in PEOPLE:
            for verified in (True, False):
                actor = self.actor(person, verified=verified)
                listed = set(Space.objects.visible_to(actor).values_list("pk", flat=True))
                for number, space in enumerate(self.spaces):
                    role = ROLES.get(self.role.get((person, number), ""))
                    due = {p for p in (role.permissions if role else ()) if self.power(person, number, p)}
                    if not verified and role:
                        due = set() if role.verified else due - PROFESSIONAL
                    assert actor.permissions_in(space.pk) == due
                    assert bool(policy.can(actor, "view", space)) == ("view_space" in due) == (space.pk in listed)

    @invariant()
    def grants_follow_from_the_roles(self) -> None:
        for person in PEOPLE:
            for number, space in enumerate(self.spaces):
                role = ROLES.get(self.role.get((person, number), ""))
                rows = SpaceGrant.objects.filter(user=self.people[person], content_object=space)
                assert set(rows.values_list("permission__codename", flat=True)) == set(role.permissions if role else ())

    @invariant()
    def somebody_always_leads(self) -> None:
        for number in SPACES:
            assert self.leaders(number)

    @invariant()
    def requests_open_nothing(self) -> None:
        assert not JoinRequest.objects.exists()


@pytest.mark.stateful
@pytest.mark.django_db
def test_random_lives_of_a_group() -> None:
    run_state_machine_as_test(
        GroupLife,
        settings=settings(
            max_examples=count(15, 500),
            stateful_step_count=count(20, 50),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
