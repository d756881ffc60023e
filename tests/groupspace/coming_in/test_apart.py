"""People under 16 stand apart from adults, and nobody writes them in private."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from groupspace import actions, policy
from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand
from groupspace.models import JoinRequest, Membership, Space
from tests.cast import Cast, add_member, make_space, make_user, unverified, verified
from tests.groupspace.coming_in.pages import ADULT, TEEN, open_space

pytestmark = pytest.mark.django_db


class TestUnderSixteen:
    @pytest.fixture
    def space(self, leader: Any) -> Space:
        return open_space(leader, min_age=12, max_age=15)

    def test_comes_in_alone(self, space: Space) -> None:
        membership = actions.join(unverified(make_user()), space, display_name="Tiener", told=TEEN)

        assert membership.age_band == AgeBand.FROM_12

    @pytest.mark.parametrize("told", [ADULT, Told(age_band=AgeBand.FROM_16), Told()])
    @pytest.mark.parametrize("way", ["open", "request", "code", "invitation"])
    def test_nobody_of_sixteen_or_older_comes_in_as_a_member(
        self, leader: Any, space: Space, told: Told, way: str
    ) -> None:
        user = make_user()

        def come_in() -> None:
            actor = unverified(user)
            if way == "open":
                actions.join(actor, space, display_name="Ouder", told=told)
            elif way == "request":
                actions.change_space(verified(leader), space, join_policy="request")
                actions.request_to_join(actor, space, display_name="Ouder", told=told)
            else:
                invitation, _code = actions.invite(verified(leader), space, role="participant", for_group=way == "code")
                actions.accept_invitation(actor, invitation, display_name="Ouder", told=told)

        with pytest.raises(ValidationError):
            come_in()
        assert not space.memberships.filter(user=user).exists()
        assert not JoinRequest.objects.filter(user=user).exists()

    def test_an_old_request_does_not_let_an_adult_in(self, leader: Any) -> None:
        space = make_space(leader, visibility="listed", join_policy="request")
        asked = actions.request_to_join(unverified(make_user()), space, display_name="Ouder", told=ADULT)
        actions.change_space(verified(leader), space, max_age=15)

        with pytest.raises(ValidationError):
            actions.admit(verified(leader), asked)

    def test_an_adult_comes_in_to_lead_by_invitation(self, leader: Any, space: Space) -> None:
        assert add_member(space, make_user(), "Helper", "co_facilitator").role == "co_facilitator"
        with pytest.raises(ValidationError):
            add_member(space, make_user(), "Ervaren", "experience_expert")

    def test_an_adult_who_leads_does_not_become_a_member(self, leader: Any, space: Space) -> None:
        helper = add_member(space, make_user(), "Helper", "co_facilitator")

        with pytest.raises(ValidationError, match="jonger is dan 16"):
            actions.set_role(verified(leader), helper, role="participant")
        with pytest.raises(ValidationError, match="jonger is dan 16"):
            actions.hand_over(verified(leader), helper, step_back_to="participant")
        helper.refresh_from_db()
        assert helper.role == "co_facilitator"

    def test_a_space_with_adults_does_not_become_one(self, cast: Cast) -> None:
        with pytest.raises(ValidationError, match="16 of ouder"):
            actions.change_space(cast.actor("anna"), cast.space, max_age=15)

    def test_a_space_with_minors_stays_one(self, leader: Any, space: Space) -> None:
        actions.join(unverified(make_user()), space, display_name="Tiener", told=TEEN)

        for oldest in (16, None):
            with pytest.raises(ValidationError, match="jonger zijn dan 16"):
                actions.change_space(verified(leader), space, max_age=oldest)
            space.refresh_from_db()


class TestMessages:
    def test_between_adults_in_one_space(self, cast: Cast) -> None:
        assert policy.may_message(cast.members["anna"], cast.members["ben"])
        assert not policy.may_message(cast.members["ben"], cast.members["frank"])
        assert not policy.may_message(cast.members["ben"], cast.members["ben"])

    def test_never_with_somebody_under_sixteen(self, cast: Cast) -> None:
        ben = cast.members["ben"]
        Membership.objects.filter(pk=ben.pk).update(age_band=AgeBand.FROM_12)

        for name in ("anna", "carla", "ellen"):
            verdict = policy.may_message(ben, cast.members[name])
            assert not verdict
            assert not policy.may_message(cast.members[name], ben)
            assert "16" not in str(verdict.reason)

    def test_never_with_somebody_who_said_so_elsewhere(self, cast: Cast, leader: Any) -> None:
        apart = open_space(leader, max_age=15)
        actions.join(unverified(cast.ben), apart, display_name="Tiener", told=TEEN)

        assert not policy.may_message(cast.members["anna"], cast.members["ben"])

    def test_in_a_space_apart_only_between_who_leads(self, leader: Any) -> None:
        apart = open_space(leader, max_age=15)
        helper = add_member(apart, make_user(), "Helper", "co_facilitator")
        teens = [actions.join(unverified(make_user()), apart, display_name=name, told=TEEN) for name in ("Een", "Twee")]
        mine = apart.memberships.get(user=leader)

        assert policy.may_message(mine, helper)
        assert not policy.may_message(mine, teens[0])
        assert not policy.may_message(*teens)

    def test_not_with_who_left(self, cast: Cast) -> None:
        actions.leave(cast.actor("ben"), cast.space)
        cast.members["ben"].refresh_from_db()

        assert not policy.may_message(cast.members["anna"], cast.members["ben"])
