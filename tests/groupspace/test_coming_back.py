"""Whoever is out stays out, whatever they prepared, and nobody is brought back against their will."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from groupspace import actions
from groupspace.models import Invitation, Membership
from tests.cast import Cast, add_member, make_user, unverified, verified

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", [actions.remove, actions.suspend])
def test_a_code_made_before_opens_nothing_after(cast: Cast, how) -> None:
    _mine, code = actions.invite(cast.actor("carla"), cast.space, role="co_facilitator")
    invitation = actions.find_invitation(code)

    how(cast.actor("anna"), cast.members["carla"])

    assert actions.find_invitation(code) is None
    for person in (cast.carla, cast.dora):
        with pytest.raises(ValidationError):
            actions.accept_invitation(verified(person), invitation, display_name="Nieuw")


def test_a_former_leader_makes_no_leaders(cast: Cast) -> None:
    second = make_user("tweede")
    membership = add_member(cast.space, second, "Tweede", "facilitator")
    _plain, plain = actions.invite(verified(second), cast.space, role="participant")
    _power, power = actions.invite(verified(second), cast.space, role="facilitator")

    actions.set_role(cast.actor("anna"), membership, role="co_facilitator")

    assert actions.find_invitation(plain) is not None
    assert actions.find_invitation(power) is None
    assert Invitation.objects.filter(revoked_at__isnull=False).count() == 1


@pytest.mark.parametrize("verb", ["suspend", "resume"])
def test_who_left_is_not_brought_back(cast: Cast, verb: str) -> None:
    actions.leave(cast.actor("ben"), cast.space)

    with pytest.raises(ValidationError):
        getattr(actions, verb)(cast.actor("anna"), cast.members["ben"])

    assert Membership.objects.get(pk=cast.members["ben"].pk).state == "left"
    assert cast.space.pk not in unverified(cast.ben).spaces


def test_only_a_leader_lets_a_leader_in_again(cast: Cast) -> None:
    second = add_member(cast.space, make_user("tweede"), "Tweede", "facilitator")
    actions.suspend(cast.actor("anna"), second)

    with pytest.raises(PermissionDenied):
        actions.resume(cast.actor("carla"), second)
