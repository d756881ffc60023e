"""Who is on pause keeps their place, hears whom to ask, and comes in by no other door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groupspace import actions
from groupspace.audit.models import Entry
from groupspace.models import JoinRequest, Membership, Space
from tests.cast import Cast, make_user, unverified, verified
from tests.logged_in import logged_in

SENTENCE = "Je staat in deze groep op pauze. Je houdt je plek en je naam. Wil je weer meedoen? Vraag het de begeleider."


@pytest.fixture
def pause(cast: Cast) -> Callable[..., Space]:
    """Put ben on pause in the group, which then looks like this to others."""

    def put(**fields: Any) -> Space:
        Space.objects.filter(pk=cast.space.pk).update(**{"visibility": "public", **fields})
        actions.suspend(cast.actor("anna"), cast.members["ben"])
        return Space.objects.get(pk=cast.space.pk)

    return put


def url(name: str, space: Space) -> str:
    return reverse(f"groupspace:{name}", args=[space.pk])


@pytest.mark.parametrize("join_policy", Space.JoinPolicy.values)
def test_the_group_says_so_and_offers_no_way_in(cast: Cast, pause, join_policy: str) -> None:
    space = pause(join_policy=join_policy, capacity=1)

    def shown(browser: Client) -> Any:
        page = BeautifulSoup(browser.get(url("space", space)).content, "html.parser").main
        assert cast.members["anna"].name in page.get_text()
        return page

    page = shown(logged_in(cast.ben))
    assert SENTENCE in page.get_text()
    assert not page.select(f"form, a[href='{url('join', space)}']")
    assert "Deze groep is vol" not in page.get_text()
    for stranger in (Client(), logged_in(cast.dora)):
        assert "pauze" not in shown(stranger).get_text()


@pytest.mark.parametrize("join_policy", Space.JoinPolicy.values)
def test_the_form_is_closed_with_the_same_sentence(cast: Cast, pause, join_policy: str) -> None:
    space = pause(join_policy=join_policy)
    browser = logged_in(cast.ben)

    for answer in (browser.get(url("join", space)), browser.post(url("join", space), {"display_name": "Beer"})):
        assert (answer.status_code, SENTENCE in answer.content.decode()) == (403, True)
    assert not JoinRequest.objects.exists()


def test_a_hidden_group_stays_hidden(cast: Cast, pause) -> None:
    space = pause(visibility="hidden")
    browser = logged_in(cast.ben)

    for name in ("space", "join"):
        assert browser.get(url(name, space)).status_code == 404
    assert browser.post(url("join", space), {"display_name": "Beer"}).status_code == 404


@pytest.mark.parametrize("way", ["open", "request", "invitation", "group code"])
def test_no_action_lets_them_in_or_keeps_anything(cast: Cast, pause, way: str) -> None:
    space = pause(join_policy=way if way in Space.JoinPolicy.values else "code")
    ben = unverified(cast.ben)
    invitation, _code = actions.invite(cast.actor("anna"), space, role="participant", for_group=way == "group code")
    entries = Entry.objects.count()
    doors: dict[str, Callable[..., Any]] = {"open": actions.join, "request": actions.request_to_join}
    door, target = (doors[way], space) if way in doors else (actions.accept_invitation, invitation)

    with pytest.raises(ValidationError) as refused:
        door(ben, target, display_name="Beer")

    assert refused.value.messages == [SENTENCE]
    assert Membership.objects.get(pk=cast.members["ben"].pk).state == "suspended"
    invitation.refresh_from_db()
    assert (invitation.uses, JoinRequest.objects.count(), Entry.objects.count()) == (0, 0, entries)


def test_the_page_of_an_invitation_says_so_instead_of_asking_a_name(cast: Cast, pause) -> None:
    space = pause(visibility="hidden")
    _invitation, code = actions.invite(cast.actor("anna"), space, role="participant")
    browser = logged_in(cast.ben)
    accept = reverse("groupspace:invitation-accept")
    assert browser.post(reverse("groupspace:invitation"), {"code": code}).url == accept

    for answer, status in ((browser.get(accept), 200), (browser.post(accept, {"display_name": "Beer"}), 422)):
        page = BeautifulSoup(answer.content, "html.parser").main
        assert (answer.status_code, SENTENCE in page.get_text(), page.select("form")) == (status, True, [])


def test_a_facilitator_who_admits_an_old_request_reads_what_to_do(cast: Cast, pause) -> None:
    space = pause()
    asked = JoinRequest.objects.create(space=space, user=cast.ben, display_name="Beer")

    with pytest.raises(ValidationError, match="Kies bij Leden: Laat weer toe"):
        actions.admit(cast.actor("anna"), asked)

    asked.refresh_from_db()
    assert asked.state == "open"


def test_an_account_that_is_gone_puts_no_visitor_on_pause(cast: Cast, pause) -> None:
    space = pause()
    actions.forget_user(cast.ben)

    assert Membership.objects.get(pk=cast.members["ben"].pk).user_id is None
    assert SENTENCE not in Client().get(url("space", space)).content.decode()


def test_after_the_pause_everything_is_as_it_was(cast: Cast, pause) -> None:
    space = pause()
    actions.resume(cast.actor("anna"), cast.members["ben"])

    assert actions.pause_in(unverified(cast.ben), space) == ""
    assert actions.pause_in(verified(make_user()), space) == ""
    assert SENTENCE not in logged_in(cast.ben).get(url("space", space)).content.decode()
