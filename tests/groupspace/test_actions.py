"""Joining, inviting, leaving, roles: who may, what is refused, and what the grants are afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from groupspace import actions, grants, policy
from groupspace.audit.models import Entry
from groupspace.models import Invitation, JoinRequest, Membership, Space, SpaceGrant
from groupspace.permissions import Permission
from tests.cast import Cast, add_member, make_professional, make_space, make_user, unverified, verified


def granted(user, space) -> set[str]:
    return set(
        SpaceGrant.objects.filter(user=user, content_object=space).values_list("permission__codename", flat=True)
    )


class TestGrants:
    def test_equal_the_role_for_everyone(self, cast: Cast) -> None:
        for name in ("anna", "ben", "carla", "ellen"):
            membership = cast.members[name]
            assert granted(membership.user, cast.space) == set(membership.role_data.permissions)

    def test_follow_a_personal_exception(self, cast: Cast) -> None:
        ben, actor = cast.members["ben"], cast.actor("anna")

        actions.set_exceptions(actor, ben, {"moderate": True, "upload": False})
        assert granted(cast.ben, cast.space) == {"view_space", "post", "moderate"}

        actions.set_exceptions(actor, ben, {"moderate": None})
        assert granted(cast.ben, cast.space) == {"view_space", "post"}

    def test_are_what_guardian_reads(self, cast: Cast) -> None:
        for permission in Permission.values:
            has = cast.ben.has_perm(f"groupspace.{permission}", cast.space)
            assert has == (permission in cast.members["ben"].role_data.permissions)

    def test_policy_never_exceeds_them(self, cast: Cast) -> None:
        for name in ("anna", "ben", "carla", "ellen", "dora", "frank", "pim"):
            user = getattr(cast, name)
            for space_id, access in verified(user).spaces.items():
                assert access.permissions <= granted(user, space_id)

    def test_sync_repairs_what_someone_changed_by_hand(self, cast: Cast) -> None:
        from guardian.shortcuts import assign_perm, remove_perm

        assign_perm("groupspace.facilitate", cast.ben, cast.space)
        remove_perm("groupspace.post", cast.ben, cast.space)
        grants.sync(cast.members["ben"])

        assert granted(cast.ben, cast.space) == {"view_space", "post", "upload"}

    def test_go_with_the_space(self, cast: Cast) -> None:
        Entry.objects.count()
        cast.space.delete()

        assert not SpaceGrant.objects.filter(user=cast.ben).exists()


class TestJoining:
    def test_an_open_space(self, cast: Cast) -> None:
        space = make_space(cast.frank, visibility="listed", join_policy="open")

        actions.join(unverified(cast.dora), space, display_name="Duif")

        assert policy.can(unverified(cast.dora), "post", space)

    @pytest.mark.parametrize("join_policy", ["request", "invitation", "code"])
    def test_a_space_that_is_not_open_is_refused(self, cast: Cast, join_policy: str) -> None:
        space = make_space(cast.frank, visibility="listed", join_policy=join_policy)

        with pytest.raises(PermissionDenied):
            actions.join(unverified(cast.dora), space, display_name="Duif")
        assert granted(cast.dora, space) == set()

    def test_a_hidden_space_is_refused(self, cast: Cast) -> None:
        space = make_space(cast.frank, visibility="hidden", join_policy="open")

        with pytest.raises(PermissionDenied):
            actions.join(unverified(cast.dora), space, display_name="Duif")

    def test_a_full_space_is_refused(self, cast: Cast) -> None:
        space = make_space(cast.frank, visibility="listed", join_policy="open", capacity=1)

        with pytest.raises(ValidationError, match="vol"):
            actions.join(unverified(cast.dora), space, display_name="Duif")

    @pytest.mark.parametrize("name", ["Frank", "FRANK", "frank"])
    def test_a_name_someone_has_is_refused(self, cast: Cast, name: str) -> None:
        space = make_space(cast.frank, display_name="Frank", visibility="listed", join_policy="open")

        with pytest.raises(ValidationError, match="al in gebruik"):
            actions.join(unverified(cast.dora), space, display_name=name)

    def test_whoever_was_removed_cannot_walk_in_again(self, cast: Cast) -> None:
        space = make_space(cast.frank, visibility="listed", join_policy="open")
        membership = actions.join(unverified(cast.dora), space, display_name="Duif")
        actions.remove(verified(cast.frank), membership)

        with pytest.raises(ValidationError, match="niet zelf weer"):
            actions.join(unverified(cast.dora), space, display_name="Duif")

    def test_whoever_left_comes_back_under_the_same_membership(self, cast: Cast) -> None:
        space = make_space(cast.frank, visibility="listed", join_policy="open")
        first = actions.join(unverified(cast.dora), space, display_name="Duif")
        actions.leave(unverified(cast.dora), space)

        second = actions.join(unverified(cast.dora), space, display_name="Duif")

        assert second.pk == first.pk


class TestRequests:
    @pytest.fixture
    def listed(self, cast: Cast) -> Space:
        Space.objects.filter(pk=cast.space.pk).update(visibility="listed")
        cast.space.refresh_from_db()
        return cast.space

    def ask(self, cast: Cast) -> JoinRequest:
        return actions.request_to_join(
            unverified(cast.dora), cast.space, display_name="Duif", answers=[("Waarom?", "Zo.")]
        )

    def test_asking_gives_nothing_yet(self, cast: Cast, listed: Space) -> None:
        self.ask(cast)

        assert unverified(cast.dora).spaces == {}

    def test_asking_twice_is_asking_once(self, cast: Cast, listed: Space) -> None:
        assert self.ask(cast).pk == self.ask(cast).pk

    def test_admitted_means_in(self, cast: Cast, listed: Space) -> None:
        membership = actions.admit(cast.actor("carla"), self.ask(cast))

        assert (membership.display_name, membership.role) == ("Duif", "participant")
        assert policy.can(unverified(cast.dora), "view", listed)

    def test_refused_means_out_with_a_reason(self, cast: Cast, listed: Space) -> None:
        join_request = self.ask(cast)

        actions.refuse(cast.actor("anna"), join_request, reason="De groep past nu niet bij je vraag.")

        join_request.refresh_from_db()
        assert (join_request.state, join_request.reason) == ("refused", "De groep past nu niet bij je vraag.")
        assert unverified(cast.dora).spaces == {}

    def test_refusing_needs_a_reason(self, cast: Cast, listed: Space) -> None:
        with pytest.raises(ValidationError):
            actions.refuse(cast.actor("anna"), self.ask(cast), reason="  ")

    @pytest.mark.parametrize("name", ["ben", "ellen", "dora", "frank", "operator"])
    def test_only_who_manages_members_decides(self, cast: Cast, listed: Space, name: str) -> None:
        join_request = self.ask(cast)

        with pytest.raises(PermissionDenied):
            actions.admit(cast.actor(name), join_request)
        with pytest.raises(PermissionDenied):
            actions.refuse(cast.actor(name), join_request, reason="Nee.")
        assert not JoinRequest.objects.visible_to(cast.actor(name)).exists()

    def test_a_decision_is_taken_once(self, cast: Cast, listed: Space) -> None:
        join_request = self.ask(cast)
        actions.refuse(cast.actor("anna"), join_request, reason="Nee.")

        with pytest.raises(ValidationError, match="al besloten"):
            actions.admit(cast.actor("carla"), join_request)
        assert unverified(cast.dora).spaces == {}

    def test_withdrawing_takes_the_answers_away(self, cast: Cast, listed: Space) -> None:
        join_request = self.ask(cast)

        actions.withdraw_request(unverified(cast.dora), join_request)

        join_request.refresh_from_db()
        assert (join_request.state, join_request.answers) == ("withdrawn", [])

    def test_nobody_withdraws_for_another(self, cast: Cast, listed: Space) -> None:
        with pytest.raises(PermissionDenied):
            actions.withdraw_request(unverified(cast.ben), self.ask(cast))


class TestInvitations:
    def test_the_code_is_not_kept(self, cast: Cast) -> None:
        invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")

        stored = {str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list()[0]}
        assert not any(code in value or code.replace("-", "") in value for value in stored)

    @pytest.mark.parametrize("typed", ["{}", " {} ", "{} ", "«{}»"])
    def test_the_code_is_found_however_it_is_typed(self, cast: Cast, typed: str) -> None:
        invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")

        for variant in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("0", "o")):
            assert actions.find_invitation(typed.format(variant)) == invitation

    def test_it_works_once(self, cast: Cast) -> None:
        invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")
        actions.accept_invitation(unverified(cast.dora), invitation, display_name="Duif")

        with pytest.raises(ValidationError, match="niet meer geldig"):
            actions.accept_invitation(unverified(make_user()), invitation, display_name="Ander")
        assert actions.find_invitation(code) is None

    def test_it_expires(self, cast: Cast) -> None:
        invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")
        assert invitation.expires_at - timezone.now() <= timedelta(hours=72)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert actions.find_invitation(code) is None
        with pytest.raises(ValidationError):
            actions.accept_invitation(unverified(cast.dora), invitation, display_name="Duif")

    def test_it_can_be_withdrawn(self, cast: Cast) -> None:
        invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")
        actions.revoke(cast.actor("carla"), invitation)

        assert actions.find_invitation(code) is None

    def test_a_code_of_a_closed_space_is_not_found(self, cast: Cast) -> None:
        _invitation, code = actions.invite(cast.actor("anna"), cast.space, role="participant")
        Space.objects.update(state="closed")

        assert actions.find_invitation(code) is None

    def test_a_group_code_never_gives_power(self, cast: Cast) -> None:
        with pytest.raises(ValidationError, match="gewone leden"):
            actions.invite(cast.actor("anna"), cast.space, role="co_facilitator", for_group=True)

    def test_a_group_code_works_for_many_but_not_for_who_was_removed(self, cast: Cast) -> None:
        invitation, _code = actions.invite(cast.actor("anna"), cast.space, role="participant", for_group=True)
        membership = actions.accept_invitation(unverified(cast.dora), invitation, display_name="Duif")
        actions.accept_invitation(unverified(make_user()), invitation, display_name="Mus")
        actions.remove(cast.actor("anna"), membership)

        with pytest.raises(ValidationError, match="niet zelf weer"):
            actions.accept_invitation(unverified(cast.dora), invitation, display_name="Duif")

    def test_a_co_facilitator_cannot_make_a_leader(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            actions.invite(cast.actor("carla"), cast.space, role="facilitator")

    def test_an_invitation_to_the_professionals_forum_does_not_let_others_in(self, cast: Cast) -> None:
        forum = make_space(cast.anna, kind="intervision")
        invitation, _code = actions.invite(verified(cast.anna), forum, role="intervision_member")

        with pytest.raises(PermissionDenied):
            actions.accept_invitation(verified(cast.ben), invitation, display_name="Beer")
        assert granted(cast.ben, forum) == set()


class TestLeavingAndRoles:
    def test_leaving_takes_all_grants(self, cast: Cast) -> None:
        actions.leave(cast.actor("ben"), cast.space)

        assert granted(cast.ben, cast.space) == set()
        assert unverified(cast.ben).spaces == {}

    def test_the_last_leader_cannot_leave(self, cast: Cast) -> None:
        with pytest.raises(ValidationError, match="laatste begeleider"):
            actions.leave(cast.actor("anna"), cast.space)
        assert policy.can(cast.actor("anna"), "change", cast.space)

    def test_a_leader_leaves_when_another_leads(self, cast: Cast) -> None:
        actions.set_role(cast.actor("anna"), cast.members["carla"], role="facilitator")

        actions.leave(cast.actor("anna"), cast.space)

        assert policy.can(cast.actor("carla"), "change", cast.space)

    def test_removing_holds_at_once(self, cast: Cast) -> None:
        actions.remove(cast.actor("carla"), cast.members["ben"])

        assert unverified(cast.ben).spaces == {}
        assert Membership.objects.get(pk=cast.members["ben"].pk).state == "removed"

    @pytest.mark.parametrize("name", ["ben", "ellen", "frank", "dora", "editor", "operator"])
    def test_nobody_else_removes(self, cast: Cast, name: str) -> None:
        with pytest.raises(PermissionDenied):
            actions.remove(cast.actor(name), cast.members["carla"])

    def test_a_co_facilitator_cannot_touch_a_leader(self, cast: Cast) -> None:
        for change in (
            lambda: actions.remove(cast.actor("carla"), cast.members["anna"]),
            lambda: actions.suspend(cast.actor("carla"), cast.members["anna"]),
            lambda: actions.set_role(cast.actor("carla"), cast.members["anna"], role="participant"),
            lambda: actions.set_role(cast.actor("carla"), cast.members["ben"], role="facilitator"),
        ):
            with pytest.raises(PermissionDenied):
                change()

    def test_nobody_changes_their_own_role(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied, match="eigen rol"):
            actions.set_role(cast.actor("carla"), cast.members["carla"], role="participant")

    def test_a_pause_keeps_the_place(self, cast: Cast) -> None:
        actions.suspend(cast.actor("anna"), cast.members["ben"])
        assert unverified(cast.ben).spaces == {}

        actions.resume(cast.actor("anna"), cast.members["ben"])
        assert policy.can(unverified(cast.ben), "post", cast.space)

    def test_a_new_role_ends_exceptions(self, cast: Cast) -> None:
        ben = cast.members["ben"]
        actions.set_exceptions(cast.actor("anna"), ben, {"moderate": True})

        actions.set_role(cast.actor("anna"), ben, role="experience_expert")

        assert not ben.exceptions.exists()

    def test_a_role_of_another_kind_is_refused(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            actions.set_role(cast.actor("anna"), cast.members["ben"], role="intervision_facilitator")


class TestOpening:
    def test_needs_a_professional_of_that_organisation(self, cast: Cast) -> None:
        elsewhere = cast.frank.groupspace_professional.organisation
        for actor in (cast.actor("dora"), cast.actor("operator"), verified(cast.pim), unverified(cast.frank)):
            with pytest.raises(PermissionDenied):
                actions.create_space(actor, organisation=elsewhere, display_name="X", name="X", summary="X")

    def test_an_unknown_kind_is_refused(self, cast: Cast) -> None:
        organisation = cast.pim.groupspace_professional.organisation
        with pytest.raises(ValidationError):
            actions.create_space(
                verified(cast.pim), organisation=organisation, display_name="P", name="X", summary="X", kind="nope"
            )


def test_a_forgotten_account_leaves_no_name(cast: Cast) -> None:
    actions.forget_user(cast.ben)

    membership = Membership.objects.get(pk=cast.members["ben"].pk)
    assert membership.user is None
    assert "Beer" not in membership.display_name
    assert membership.name == "oud-deelnemer"
    assert granted(cast.ben, cast.space) == set()


def test_every_change_is_logged_without_content(cast: Cast) -> None:
    actions.set_role(cast.actor("anna"), cast.members["ben"], role="experience_expert")
    actions.remove(cast.actor("anna"), cast.members["ben"])

    entries = list(Entry.objects.filter(chain=str(cast.space.pk)).order_by("number"))
    assert [entry.event for entry in entries[-2:]] == ["member.role_changed", "member.removed"]
    assert entries[-1].actor == f"member:{cast.members['anna'].pk}"
    text = " ".join(str(value) for row in Entry.objects.values_list() for value in row)
    assert not any(name in text for name in ("Beer", "Anna", "Rust in je hoofd", "ben", "anna"))


def test_many_at_the_door_of_a_small_space(cast: Cast) -> None:
    space = make_space(make_professional(), visibility="listed", join_policy="open", capacity=3)
    refused = 0
    for number in range(5):
        try:
            actions.join(unverified(make_user()), space, display_name=f"Naam {number}")
        except ValidationError:
            refused += 1

    assert (space.memberships.active().count(), refused) == (3, 3)


def test_add_member_goes_through_the_front_door(cast: Cast) -> None:
    membership = add_member(cast.space, cast.dora, "Duif")

    assert Entry.objects.filter(event="member.joined", object_id=str(membership.pk)).exists()


def test_old_admissions_are_erased_and_open_ones_stay(cast: Cast) -> None:
    asked = cast.space.join_requests.create(user=cast.dora, display_name="Duif")
    decided = cast.space.join_requests.create(
        user=cast.pim, display_name="Pim", state="refused", decided_at=timezone.now() - timedelta(days=31)
    )
    old, _code = actions.invite(cast.actor("anna"), cast.space, role="participant")
    new, _code = actions.invite(cast.actor("anna"), cast.space, role="participant")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=31))

    actions.purge_admissions()

    assert [r.pk for r in JoinRequest.objects.filter(pk__in=(asked.pk, decided.pk))] == [asked.pk]
    assert [i.pk for i in Invitation.objects.filter(pk__in=(old.pk, new.pk))] == [new.pk]


@pytest.mark.parametrize("who", ["anna", "ben", "carla", "ellen", "frank", "pim", "editor", "operator", "anonymous"])
def test_nobody_takes_back_the_request_of_another(cast: Cast, who: str) -> None:
    Space.objects.filter(pk=cast.space.pk).update(visibility="listed")
    cast.space.refresh_from_db()
    asked = actions.request_to_join(cast.actor("dora"), cast.space, display_name="Duif")

    with pytest.raises(PermissionDenied):
        actions.withdraw_request(cast.actor(who), asked)

    asked.refresh_from_db()
    assert asked.state == JoinRequest.State.OPEN


@pytest.mark.parametrize(
    "change", [{"state": "suspended"}, {"until": timezone.now()}, {"since": timezone.now() + timedelta(days=1)}]
)
def test_members_are_counted_alike_everywhere(cast: Cast, change: dict[str, object]) -> None:
    Membership.objects.filter(pk=cast.members["ben"].pk).update(**change)

    counted = Space.objects.with_member_count().get(pk=cast.space.pk).member_count

    assert counted == cast.space.memberships.active().count() == 3
    assert cast.space.pk not in cast.actor("ben").spaces


@pytest.mark.parametrize("lost", ["account", "time", "pause", "permission"])
def test_a_code_works_only_while_its_maker_may_let_people_in(cast: Cast, lost: str) -> None:
    code = actions.invite(cast.actor("carla"), cast.space, role="participant")[1]
    assert actions.find_invitation(code)
    carla = cast.members["carla"]

    if lost == "account":
        type(cast.carla).objects.filter(pk=cast.carla.pk).update(is_active=False)
    elif lost == "time":
        Membership.objects.filter(pk=carla.pk).update(until=timezone.now())
    elif lost == "pause":
        actions.suspend(cast.actor("anna"), carla)
    else:
        actions.set_exceptions(cast.actor("anna"), carla, {"manage_members": False})

    assert actions.find_invitation(code) is None


def test_a_code_to_lead_works_only_while_its_maker_leads(cast: Cast) -> None:
    second = add_member(cast.space, make_user("tweede"), "Tweede", "facilitator")
    actor = verified(second.user)
    to_lead = actions.invite(actor, cast.space, role="facilitator")[1]
    to_join = actions.invite(actor, cast.space, role="participant")[1]

    actions.set_exceptions(cast.actor("anna"), second, {"change_space": False})

    assert actions.find_invitation(to_lead) is None
    assert actions.find_invitation(to_join)
