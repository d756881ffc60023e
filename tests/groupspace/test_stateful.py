"""Random lives of a group against a small model of who is in: policy, lists and grants must never disagree with it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from groupspace import actions, policy
from groupspace.actor import actor_for
from groupspace.forum import actions as forum
from groupspace.forum.models import Topic
from groupspace.lifetime.steering import LEVELS
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
    TALKING,
    Permission,
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
STEERED = {level: steering.adds for level, steering in LEVELS.items()}
EXTRA = [Permission.POST, Permission.MODERATE, Permission.PREPARE, Permission.MANAGE_MEMBERS, Permission.CHANGE_SPACE]
TAKES_MEMBERS = {"recruiting", "open"}
PEOPLE = range(5)
SPACES = range(2)
who, where = st.sampled_from(PEOPLE), st.sampled_from(SPACES)
REFUSED = (PermissionDenied, ValidationError)


class GroupLife(RuleBasedStateMachine):
    """Each space starts with a leader and some members.

    What the model knows: who has which `role`, who is `out` and how, what somebody may do beside or short of the role
    (`extra`), who said yes to which version of the agreements (`agreed`), and the state and steering of each space.

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
        self.extra: dict[tuple[int, int], dict[str, bool]] = {}
        self.rules, self.steering = [0, 0], [3, 3]
        self.agreed: dict[tuple[int, int], int] = {}
        leaders = (self.actor(0), self.actor(1))
        self.topics = [
            forum.start_topic(leader, space, title="Een gesprek", body="<p>Hoi.</p>", at=timezone.now()).topic
            for leader, space in zip(leaders, self.spaces, strict=True)
        ]
        self.forum_off = [False, False]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # What the model says

    def power(self, person: int, space: int, permission: str) -> bool:
        if not self.active[person] or self.state[space] in {"closed", "erased"}:
            return False
        permissions = self.granted(person, space)
        if self.state[space] == "read_only" or (self.state[space] == "recruiting" and "facilitate" not in permissions):
            permissions &= READING
        if self.agreed.get((person, space), 0) < self.rules[space]:
            permissions -= TALKING
        return permission in permissions

    def granted(self, person: int, space: int) -> frozenset[str]:
        """What role, steering and exceptions come to, whatever the state of the space."""
        role = ROLES.get(self.role.get((person, space), ""))
        if role is None:
            return frozenset()
        extra = self.extra.get((person, space), {})
        permissions = role.permissions | (STEERED[self.steering[space]] if role is PARTICIPANT else frozenset())
        permissions |= {permission for permission, given in extra.items() if given}
        return permissions - {permission for permission, given in extra.items() if not given}

    def gone(self, person: int, space: int, how: str) -> None:
        del self.role[person, space]
        self.out[person, space] = how
        if how != "suspended":
            self.extra.pop((person, space), None)

    def came(self, person: int, space: int, role: str) -> None:
        self.role[person, space] = role
        self.out.pop((person, space), None)
        self.extra.pop((person, space), None)
        self.agreed[person, space] = 0

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
            self.came(person, space, "participant")

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
            self.came(person, space, invitation.role)

    @precondition(lambda self: self.codes)
    @rule(by=who, pick=st.integers(0, 99))
    def revoke(self, by: int, pick: int) -> None:
        invitation, space, _for_group, _by = self.codes[pick % len(self.codes)]
        self.expect(self.power(by, space, "manage_members"), lambda: actions.revoke(self.actor(by), invitation))

    @rule(person=who, space=where)
    def leave(self, person: int, space: int) -> None:
        alone = [p for p, s in self.role if s == space] == [person]
        # Whoever is alone in a space that is only read is not kept in it.
        needed = self.leaders(space) == [person] and not (alone and self.state[space] == "read_only")
        if self.expect(
            self.power(person, space, "view_space") and not needed,
            lambda: actions.leave(self.actor(person), self.spaces[space]),
        ):
            self.gone(person, space, "left")

    @rule(by=who, person=who, space=where, verb=st.sampled_from(["remove", "suspend"]))
    def send_away(self, by: int, person: int, space: int, verb: str) -> None:
        membership = self.member(person, space)
        if membership is None or (person, space) not in self.role:
            return
        may = self.power(by, space, "manage_members") and by != person
        leads = self.role[person, space] == "facilitator"
        may = may and (not leads or (self.power(by, space, "change_space") and self.leaders(space) != [person]))
        if self.expect(may, lambda: getattr(actions, verb)(self.actor(by), membership)):
            self.gone(person, space, "removed" if verb == "remove" else "suspended")

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
            self.extra.pop((person, space), None)

    @rule(by=who, person=who, space=where, role=st.sampled_from(list(ROLES)))
    def hand_over(self, by: int, person: int, space: int, role: str) -> None:
        membership = self.member(person, space)
        if membership is None or (person, space) not in self.role:
            return
        leads = self.role.get((by, space)) == "facilitator"
        may = leads and self.power(by, space, "change_space") and by != person and role != "facilitator"
        if self.expect(may, lambda: actions.hand_over(self.actor(by), membership, step_back_to=role)):
            self.role[person, space], self.role[by, space] = "facilitator", role
            self.extra.pop((person, space), None)
            self.extra.pop((by, space), None)

    @rule(
        by=who,
        person=who,
        space=where,
        permission=st.sampled_from(
            [Permission.POST, Permission.MODERATE, Permission.PREPARE, Permission.MANAGE_MEMBERS]
        ),
        given=st.sampled_from([True, False, None]),
    )
    def except_from_the_role(self, by: int, person: int, space: int, permission: str, given: bool | None) -> None:
        membership = self.member(person, space)
        if membership is None or (person, space) not in self.role:
            return
        may = self.power(by, space, "change_space") and by != person
        if self.expect(may, lambda: actions.set_exceptions(self.actor(by), membership, {permission: given})):
            self.extra.setdefault((person, space), {}).pop(permission, None)
            if given is not None:
                self.extra[person, space][permission] = given

    @rule(by=who, person=who, space=where)
    def resume(self, by: int, person: int, space: int) -> None:
        membership = self.member(person, space)
        if membership is None:
            return
        may = self.power(by, space, "manage_members") and self.out.get((person, space)) == "suspended"
        leads = membership.role == "facilitator"
        may = may and by != person and (not leads or self.power(by, space, "change_space"))
        if self.expect(may, lambda: actions.resume(self.actor(by), membership)):
            self.role[person, space] = membership.role
            self.out.pop((person, space))

    @rule(by=who, space=where, level=st.sampled_from([1, 3, 5]))
    def steer(self, by: int, space: int, level: int) -> None:
        may = self.power(by, space, "change_space")
        steered = {"steering": level, "on_duty": "Wij"}
        if self.expect(may, lambda: actions.change_space(self.actor(by), self.fresh(space), **steered)):
            self.steering[space] = level

    @rule(by=who, space=where, off=st.booleans())
    def switch_forum(self, by: int, space: int, off: bool) -> None:
        kinds = ["gesprekken"] if off else []
        may = self.power(by, space, "change_space")
        if self.expect(may, lambda: actions.change_space(self.actor(by), self.fresh(space), kinds_off=kinds)):
            self.forum_off[space] = off

    @rule(by=who, space=where)
    def change_agreements(self, by: int, space: int) -> None:
        text = f"Wees aardig, {self.rules[space] + 1} keer."
        may = self.power(by, space, "change_space")
        act = partial(actions.change_space, house_rules=text, ask_again=True)
        if self.expect(may, lambda: act(self.actor(by), self.fresh(space))):
            self.rules[space] += 1
            self.agreed[by, space] = self.rules[space]  # who wrote them knows them
            self.spaces[space].refresh_from_db()

    @rule(person=who, space=where, late=st.booleans())
    def agree(self, person: int, space: int, late: bool) -> None:
        version = max(self.rules[space] - late, 0)  # the page stood open while they changed
        may = self.power(person, space, "view_space")
        act = partial(actions.agree_to_rules, version=version)
        if self.expect(may, lambda: act(self.actor(person), self.fresh(space))):
            self.agreed[person, space] = max(self.agreed.get((person, space), 0), version)

    def fresh(self, space: int) -> Space:
        return Space.objects.get(pk=self.spaces[space].pk)

    @rule(by=who, space=where, state=st.sampled_from(Space.State.values))
    def change_state(self, by: int, space: int, state: str) -> None:
        may = self.power(by, space, "change_space")
        if self.expect(may, lambda: actions.change_space(self.actor(by), self.fresh(space), state=state)):
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
                    due = {p for p in self.granted(person, number) if self.power(person, number, p)}
                    if not verified and role:
                        due = set() if role.verified else due - PROFESSIONAL
                    assert actor.permissions_in(space.pk) == due
                    assert bool(policy.can(actor, "view", space)) == ("view_space" in due) == (space.pk in listed)

    @invariant()
    def grants_follow_from_the_roles(self) -> None:
        for person in PEOPLE:
            for number, space in enumerate(self.spaces):
                rows = SpaceGrant.objects.filter(user=self.people[person], content_object=space)
                assert set(rows.values_list("permission__codename", flat=True)) == self.granted(person, number)

    @invariant()
    def what_is_written_is_seen_and_answered_by_who_may(self) -> None:
        for person in PEOPLE:
            actor = self.actor(person)
            seen = set(Topic.objects.visible_to(actor).values_list("pk", flat=True))
            for number, topic in enumerate(self.topics):
                topic.space = self.spaces[number]
                reads = self.power(person, number, "view_space") and not self.forum_off[number]
                assert (topic.pk in seen) == bool(policy.can(actor, "view", topic)) == reads
                answers = reads and self.power(person, number, "post")
                assert bool(policy.can(actor, "reply", topic)) == answers

    @invariant()
    def somebody_always_leads(self) -> None:
        for number in SPACES:
            left_to_itself = self.state[number] == "read_only" and not any(s == number for _p, s in self.role)
            assert self.leaders(number) or left_to_itself

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
