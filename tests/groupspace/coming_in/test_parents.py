"""Where parents are asked first, nobody under 16 comes in before a facilitator wrote down that they agree."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand
from groupspace.models import Invitation, JoinRequest, Membership, Space
from groupspace.personal import of_member
from tests.cast import add_member, make_space, make_user, unverified, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db

TEEN, OLDER = Told(age_band=AgeBand.FROM_12), Told(age_band=AgeBand.FROM_16)


@pytest.fixture
def space(leader: Any) -> Space:
    return make_space(leader, visibility="listed", join_policy="request", asks_parents=True)


def ask(space: Space, told: Told, name: str = "Tiener") -> JoinRequest:
    return actions.request_to_join(unverified(make_user()), space, display_name=name, told=told)


def test_a_facilitator_lets_in_who_is_under_16_only_with_the_parents(leader: Any, space: Space) -> None:
    request = ask(space, TEEN)
    browser = logged_in(leader, verified=True)
    address = reverse("groupspace:request", args=[space.pk, request.pk])

    refused = browser.post(address, {"decision": "admit", "reason": "Welkom, fijn dat je er bent."})
    page = BeautifulSoup(refused.content, "html.parser")
    assert refused.status_code == 422
    assert "Praat eerst met de ouders" in page.main.get_text()
    assert "fijn dat je er bent" in page.textarea.get_text()
    assert not space.memberships.filter(user=request.user_id).exists()
    request.refresh_from_db()
    assert request.state == JoinRequest.State.OPEN

    browser.post(address, {"decision": "admit", "reason": "Welkom.", "parents_agree": "on"})
    member = space.memberships.get(user=request.user_id)
    assert member.parents_agreed_on == timezone.localdate()
    assert of_member(member)["ouders vinden het goed sinds"] == str(timezone.localdate())
    shown = browser.get(reverse("groupspace:member", args=[space.pk, member.pk])).content.decode()
    assert "De ouders vinden het goed." in shown


def test_who_is_16_is_asked_nothing_of_parents(leader: Any, space: Space) -> None:
    request = ask(space, OLDER)
    page = logged_in(leader, verified=True).get(reverse("groupspace:request", args=[space.pk, request.pk]))
    assert "parents_agree" not in page.content.decode()
    assert actions.admit(verified(leader), request).parents_agreed_on is None


def test_every_other_door_stays_shut(leader: Any, space: Space) -> None:
    actor, role = verified(leader), space.space_kind.entry_role.code
    plain, _code = actions.invite(actor, space, role=role)
    for_many, _code = actions.invite(actor, space, role=role, for_group=True, parents_agree=True)
    for invitation in (plain, for_many):
        with pytest.raises(ValidationError, match="praat een begeleider"):
            actions.accept_invitation(unverified(make_user()), invitation, display_name="Tiener", told=TEEN)
    assert not Membership.objects.filter(space=space, display_name="Tiener").exists()
    assert not Invitation.objects.filter(pk__in=[plain.pk, for_many.pk], uses__gt=0).exists()

    with_them, _code = actions.invite(actor, space, role=role, parents_agree=True)
    member = actions.accept_invitation(unverified(make_user()), with_them, display_name="Tiener", told=TEEN)
    assert member.parents_agreed_on == timezone.localdate()
    # An older one needs no parents, by whichever invitation.
    actions.accept_invitation(unverified(make_user()), plain, display_name="Ouder", told=OLDER)


def test_who_comes_back_is_asked_anew(leader: Any, space: Space) -> None:
    request = ask(space, TEEN)
    member = actions.admit(verified(leader), request, parents_agree=True)
    actions.leave(unverified(request.user), space)
    again = actions.request_to_join(unverified(request.user), space, display_name="Tiener", told=TEEN)
    with pytest.raises(ValidationError, match="Praat eerst"):
        actions.admit(verified(leader), again)
    member.refresh_from_db()
    assert member.state == Membership.State.LEFT


def test_the_age_is_asked_and_the_form_says_what_happens(space: Space) -> None:
    page = logged_in(make_user()).get(reverse("groupspace:join", args=[space.pk])).content.decode()
    assert "Dan praat een begeleider eerst met je ouders." in page


@pytest.mark.parametrize("policy", ["open", "code"])
def test_a_door_without_anybody_who_decides_does_not_go_with_it(leader: Any, space: Space, policy: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.change_space(verified(leader), space, join_policy=policy)
    assert list(refusal.value.message_dict) == ["join_policy"]
    space.refresh_from_db()
    assert space.join_policy == "request"


def test_it_cannot_begin_where_somebody_under_16_came_in_without(leader: Any) -> None:
    space = make_space(leader, visibility="listed", join_policy="request", max_age=20)
    actions.admit(verified(leader), ask(space, TEEN))
    with pytest.raises(ValidationError) as refusal:
        actions.change_space(verified(leader), space, asks_parents=True)
    assert list(refusal.value.message_dict) == ["asks_parents"]
    # Nor where we do not know it of somebody: they are never asked afterwards.
    other = make_space(leader, name="Een tweede", join_policy="request")
    unknown = add_member(other, make_user(), "Volwassene")
    with pytest.raises(ValidationError, match="of van wie we dat niet weten"):
        actions.change_space(verified(leader), other, asks_parents=True)
    # With nobody but who leads, and who is older, it can.
    Membership.objects.filter(pk=unknown.pk).update(age_band=AgeBand.FROM_16)
    assert actions.change_space(verified(leader), other, asks_parents=True).asks_parents
