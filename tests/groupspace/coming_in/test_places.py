"""Coming in: places, the waiting list, and what facilitators decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, policy
from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand
from groupspace.models import JoinRequest, Space
from tests.cast import Cast, make_space, make_user, unverified, verified
from tests.groupspace.coming_in.pages import open_space, soup, url
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db


class TestPlaces:
    @pytest.fixture
    def full(self, leader: Any) -> Space:
        return open_space(leader, capacity=1)

    def queue(self, space: Space, *names: str) -> list[tuple[Any, JoinRequest]]:
        people = []
        for name in names:
            user = make_user()
            people.append((user, actions.request_to_join(unverified(user), space, display_name=name)))
        return people

    def test_in_a_full_space_are_waited_for_in_order(self, full: Space) -> None:
        people = self.queue(full, "Eerste", "Tweede", "Derde")

        assert {request.state for _user, request in people} == {"waiting"}
        assert [request.display_name for request in full.join_requests.waiting()] == ["Eerste", "Tweede", "Derde"]
        for place, (user, _request) in enumerate(people, start=1):
            for address in (url("space", full), reverse("groupspace:mine")):
                page = logged_in(user).get(address).content.decode()
                assert f"plek {place}" in page
                for other in {"Eerste", "Tweede", "Derde"} - {people[place - 1][1].display_name}:
                    assert other not in page

    def test_go_to_who_waited_longest(self, leader: Any, full: Space) -> None:
        (first, _), (second, _) = self.queue(full, "Eerste", "Tweede")
        actions.change_space(verified(leader), full, capacity=2)
        passer_by = make_user()

        for user in (second, passer_by):
            with pytest.raises(ValidationError, match="wachten al langer"):
                actions.join(unverified(user), full, display_name="Snel")
        assert "Er is plek voor je." in logged_in(first).get(url("space", full)).content.decode()
        actions.join(unverified(first), full, display_name="Eerste")

        assert full.join_requests.get(user=first).state == "admitted"
        assert "plek 1" in logged_in(second).get(url("space", full)).content.decode()

    def test_that_come_free_are_told_to_facilitators_alone(self, leader: Any) -> None:
        space = open_space(leader, capacity=2)
        member = make_user()
        actions.join(unverified(member), space, display_name="Lid")
        self.queue(space, "Wachter")
        assert "wachtlijst" not in logged_in(leader, verified=True).get(url("space", space)).content.decode()

        actions.change_space(verified(leader), space, capacity=3)

        told = logged_in(leader, verified=True).get(url("space", space)).content.decode()
        assert "Er is 1 plek" in told
        assert "1 persoon staat op de wachtlijst." in told
        assert "wachtlijst" not in logged_in(member).get(url("space", space)).content.decode()
        page = logged_in(leader, verified=True).get(url("requests", space)).content.decode()
        assert "Er is 1 plek" in page
        assert "1. Wachter" in page

    def test_can_be_given_back(self, full: Space) -> None:
        (user, request), (_other, second) = self.queue(full, "Eerste", "Tweede")

        logged_in(user).post(reverse("groupspace:request-withdraw", args=[request.pk]))

        assert list(full.join_requests.waiting()) == [second]

    def test_waited_for_are_not_forgotten_after_thirty_days(self, leader: Any, full: Space) -> None:
        ((_user, request),) = self.queue(full, "Geduld")
        JoinRequest.objects.filter(pk=request.pk).update(decided_at=timezone.now() - timedelta(days=60))

        actions.purge_admissions()

        assert full.join_requests.waiting().exists()

    def test_are_asked_for_once(self, full: Space) -> None:
        ((user, request),) = self.queue(full, "Eerste")

        assert actions.request_to_join(unverified(user), full, display_name="Weer").pk == request.pk

    def test_in_an_open_space_need_no_request(self, leader: Any) -> None:
        with pytest.raises(PermissionDenied):
            actions.request_to_join(unverified(make_user()), open_space(leader), display_name="Duif")

    @pytest.mark.parametrize("join_policy", ["invitation", "code"])
    def test_behind_an_invitation_have_no_waiting_list(self, leader: Any, join_policy: str) -> None:
        space = make_space(leader, visibility="listed", join_policy=join_policy, capacity=1)

        with pytest.raises(PermissionDenied):
            actions.request_to_join(unverified(make_user()), space, display_name="Duif")


class TestDecisions:
    @pytest.fixture
    def asked(self, cast: Cast) -> JoinRequest:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        return actions.request_to_join(cast.actor("dora"), cast.space, display_name="Duif")

    def test_start_from_the_letters_of_the_space(self, cast: Cast, asked: JoinRequest) -> None:
        anna = logged_in(cast.anna, verified=True)
        address = url("request", cast.space, asked.pk)
        assert "Welkom." in soup(anna.get(address)).select_one("textarea[name=reason]").get_text()

        actions.change_space(cast.actor("anna"), cast.space, letters={"waiting": "Even geduld nog."})

        page = soup(anna.get(address + "?besluit=wait"))
        assert page.select_one("textarea[name=reason]").get_text(strip=True) == "Even geduld nog."
        anna.post(address, {"decision": "wait", "reason": "Even geduld, Duif."})
        asked.refresh_from_db()
        assert (asked.state, asked.decided_at) == ("waiting", None)
        seen = logged_in(cast.dora).get(url("space", cast.space)).content.decode()
        assert "Even geduld, Duif." in seen
        assert "plek 1" in seen

    def test_welcome_who_comes_in(self, cast: Cast, asked: JoinRequest) -> None:
        actions.admit(cast.actor("anna"), asked, letter="Fijn dat je er bent.")

        assert "Fijn dat je er bent." in logged_in(cast.dora).get(reverse("groupspace:mine")).content.decode()

    def test_can_follow_a_wait(self, cast: Cast, asked: JoinRequest) -> None:
        actions.put_on_waiting_list(cast.actor("anna"), asked)
        with pytest.raises(ValidationError, match="al besloten"):
            actions.put_on_waiting_list(cast.actor("anna"), asked)

        assert actions.admit(cast.actor("carla"), asked).display_name == "Duif"

    @pytest.mark.parametrize("who", ["ben", "ellen", "dora", "frank", "operator"])
    def test_and_notes_are_for_who_manages_members(self, cast: Cast, asked: JoinRequest, who: str) -> None:
        with pytest.raises(PermissionDenied):
            actions.put_on_waiting_list(cast.actor(who), asked)
        with pytest.raises(PermissionDenied):
            actions.note_request(cast.actor(who), asked, note="Eigen mening.")

    def test_notes_are_never_read_by_who_asked_and_go_with_the_decision(self, cast: Cast, asked: JoinRequest) -> None:
        note = "Belde vorige week al, zie het verslag"
        anna, dora = logged_in(cast.anna, verified=True), logged_in(cast.dora)
        window = soup(anna.get(url("request", cast.space, asked.pk)))
        mark = window.select_one("[name=stood]")["value"]
        anna.post(url("request-note", cast.space, asked.pk), {"note": note, "stood": mark})
        assert note in anna.get(url("request", cast.space, asked.pk)).content.decode()
        for address in (url("space", cast.space), reverse("groupspace:mine"), url("join", cast.space)):
            assert note not in dora.get(address).content.decode()
        own = dora.post(reverse("own_data")).content.decode()
        assert note not in own
        assert "aantekening van de begeleiders" in own

        actions.put_on_waiting_list(cast.actor("anna"), asked)
        asked.refresh_from_db()
        assert asked.note == note
        actions.refuse(cast.actor("anna"), asked, reason="Nu niet.")
        asked.refresh_from_db()
        assert asked.note == ""
        with pytest.raises(ValidationError, match="al besloten"):
            actions.note_request(cast.actor("anna"), asked, note="Toch nog.")

    def test_carry_over_what_was_told(self, leader: Any) -> None:
        space = make_space(leader, visibility="listed", join_policy="request", min_age=18, house_rules="Wees aardig.")
        user = make_user()
        told = Told(age_band=AgeBand.ADULT, rules_version=1)
        asked = actions.request_to_join(unverified(user), space, display_name="Duif", told=told)

        membership = actions.admit(verified(leader), asked)

        assert (membership.age_band, membership.rules_version) == (AgeBand.ADULT, 1)
        assert policy.can(unverified(user), "post", space)


def test_pages_of_coming_in_ask_the_same_however_many_wait(leader: Any) -> None:
    space = open_space(leader, capacity=1)
    counts: dict[str, set[int]] = {}
    for number in (1, 20):
        askers = [make_user() for _number in range(number)]
        for asker in askers:
            actions.request_to_join(unverified(asker), space, display_name=f"Wachter {asker.pk}")
        for who, name, address in (
            (leader, "list", url("requests", space)),
            (askers[-1], "preview", url("space", space)),
            (askers[-1], "mine", reverse("groupspace:mine")),
            (make_user(), "join", url("join", space)),
        ):
            browser = logged_in(who, verified=who == leader)
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            counts.setdefault(name, set()).add(len(asked))
    assert all(len(found) == 1 for found in counts.values()), counts
    assert all(max(found) <= 13 for found in counts.values()), counts


def test_whoever_comes_in_while_the_group_changes_gets_what_it_gives_now(leader: Any) -> None:
    space = open_space(leader)
    as_it_stood = Space.objects.get(pk=space.pk)
    actions.change_space(verified(leader), space, steering=1, on_duty="Leider, op werkdagen")

    dora = unverified(make_user())
    actions.join(dora, as_it_stood, display_name="Duif")

    assert "prepare" in {grant.permission.codename for grant in space.grants.filter(user=dora.user_id)}
