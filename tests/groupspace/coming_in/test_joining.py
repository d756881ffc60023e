"""Coming in: agreements, age, region and places; what is asked is kept only as far as it is needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, policy
from groupspace.admission import Told
from groupspace.ages import AgeBand, choices_within
from groupspace.forum import actions as forum
from groupspace.models import JoinRequest, Membership, Region, Space
from groupspace.text.models import SealedPost
from tests.cast import Cast, add_member, make_professional, make_space, make_user, unverified, verified
from tests.groupspace.coming_in.storage import everything_stored, opened
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db

TEEN, ADULT = Told(age_band=AgeBand.FROM_12), Told(age_band=AgeBand.ADULT)


def url(name: str, space: Space, *args: Any) -> str:
    return reverse(f"groupspace:{name}", args=[space.pk, *args])


@pytest.fixture
def leader(db: None) -> Any:
    return make_professional("leider")


def open_space(leader: Any, **fields: Any) -> Space:
    return make_space(leader, visibility="listed", join_policy="open", **fields)


def errors(response: Any) -> str:
    return " ".join(found.get_text(" ", strip=True) for found in soup(response).select(".gs-field__error"))


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


class TestAgreements:
    def test_are_said_yes_to_when_joining(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Wees aardig.")
        dora = make_user()
        browser = logged_in(dora)

        page = browser.get(url("join", space))
        assert "Wees aardig." in page.content.decode()
        refused = browser.post(url("join", space), {"display_name": "Duif", "rules_version": "1"})
        assert (refused.status_code, "zet een vinkje" in errors(refused)) == (422, True)
        browser.post(url("join", space), {"display_name": "Duif", "rules_version": "1", "agree": "on"})

        assert space.memberships.get(user=dora).rules_version == 1
        assert policy.can(unverified(dora), "post", space)

    def test_that_change_in_substance_are_asked_again_before_writing(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Wees aardig.")
        dora = make_user()
        actions.join(unverified(dora), space, display_name="Duif", told=Told(rules_version=1))
        topic = forum.start_topic(unverified(dora), space, title="Hoi", body="<p>Hoi.</p>").topic

        actions.change_space(verified(leader), space, house_rules="Wees aardig. Geen namen.", ask_again=True)

        actor = unverified(dora)
        assert policy.can(actor, "view", topic)
        assert not policy.can(actor, "post", space)
        assert policy.can(actor, "reply", topic).agree
        with pytest.raises(PermissionDenied, match="afspraken"):
            forum.reply(actor, topic, body="<p>Toch.</p>")
        assert policy.can(verified(leader), "post", space)  # who changed them knows them

        browser = logged_in(dora)
        write = reverse("groupspace:gesprekken:topic-create", args=[space.pk])
        sent = browser.get(write)
        assert sent["Location"] == f"{url('rules', space)}?next={write}"
        page = browser.get(sent["Location"])
        assert "Geen namen." in page.content.decode()
        back = soup(page).select_one("input[name=next]")["value"]
        agreed = browser.post(url("rules", space), {"rules_version": "2", "agree": "on", "next": back})
        assert agreed["Location"] == write
        assert policy.can(unverified(dora), "post", space)

    def test_with_a_typing_error_mended_are_not_asked_again(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Wees ardig.")
        dora = make_user()
        actions.join(unverified(dora), space, display_name="Duif", told=Told(rules_version=1))

        actions.change_space(verified(leader), space, house_rules="Wees aardig.")

        assert policy.can(unverified(dora), "post", space)

    def test_the_first_ones_are_asked_and_those_taken_away_stop_nobody(self, cast: Cast) -> None:
        assert policy.can(cast.actor("ben"), "post", cast.space)

        actions.change_space(cast.actor("anna"), cast.space, house_rules="Wees aardig.")
        assert not policy.can(cast.actor("ben"), "post", cast.space)
        actions.change_space(cast.actor("anna"), cast.space, house_rules=" ")
        assert policy.can(cast.actor("ben"), "post", cast.space)
        newcomer = make_user()
        add_member(cast.space, newcomer, "Nieuw")
        assert policy.can(unverified(newcomer), "post", cast.space)
        actions.change_space(cast.actor("anna"), cast.space, house_rules="Toch weer.")
        assert not policy.can(unverified(newcomer), "post", cast.space)

    def test_read_in_an_older_version_are_asked_in_the_newer_one(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Een.")
        actions.change_space(verified(leader), space, house_rules="Twee.", ask_again=True)
        dora = make_user()

        actions.join(unverified(dora), space, display_name="Duif", told=Told(rules_version=1))

        assert not policy.can(unverified(dora), "post", space)

    def test_of_the_future_cannot_be_said_yes_to(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Een.")
        dora = make_user()
        actions.join(unverified(dora), space, display_name="Duif", told=Told(rules_version=99))
        actions.agree_to_rules(unverified(dora), space, version=99)

        actions.change_space(verified(leader), space, house_rules="Twee.", ask_again=True)

        assert not policy.can(unverified(dora), "post", space)

    def test_lead_nowhere_else_afterwards(self, leader: Any) -> None:
        space = open_space(leader, house_rules="Een.")
        dora = make_user()
        actions.join(unverified(dora), space, display_name="Duif")

        answer = logged_in(dora).post(
            url("rules", space), {"rules_version": "1", "agree": "on", "next": "https://elders.example/"}
        )

        assert answer["Location"] == url("space", space)

    def test_what_was_typed_meanwhile_comes_back(self, leader: Any) -> None:
        space = open_space(leader)
        dora = make_user()
        actions.join(unverified(dora), space, display_name="Duif")
        topic = forum.start_topic(unverified(dora), space, title="Hoi", body="<p>Hoi.</p>").topic
        actions.change_space(verified(leader), space, house_rules="Nieuw.")

        reply = reverse("groupspace:gesprekken:reply", args=[space.pk, topic.pk])
        answer = logged_in(dora).post(reply, {"body": "Wat ik net typte."})

        assert "Wat ik net typte." in answer.content.decode()
        assert "afspraken" in answer.content.decode()


class TestAges:
    @pytest.mark.parametrize(
        ("youngest", "oldest", "choices"),
        [
            (18, None, ["jonger dan 18", "18 of ouder"]),
            (16, 25, ["jonger dan 16", "16 of 17", "18 tot en met 25", "26 of ouder"]),
            (10, 21, ["jonger dan 10", "10 of 11", "12 tot en met 15", "16 of 17", "18 tot en met 21", "22 of ouder"]),
            (None, 15, ["jonger dan 12", "12 tot en met 15", "16 of ouder"]),
            (12, 12, ["jonger dan 12", "12", "13 of ouder"]),
        ],
    )
    def test_are_asked_to_the_year(self, youngest: int | None, oldest: int | None, choices: list[str]) -> None:
        assert [label for _value, label in choices_within(youngest, oldest)] == choices

    def test_are_kept_as_a_band(self, leader: Any) -> None:
        space = open_space(leader, min_age=16, max_age=25)
        dora = make_user()

        logged_in(dora).post(url("join", space), {"display_name": "Duif", "unkept_age": "18-"})

        assert space.memberships.get(user=dora).age_band == AgeBand.ADULT

    @pytest.mark.parametrize("age", ["younger", "older", "", "0-11", "25"])
    def test_outside_the_limits_are_refused_kindly(self, leader: Any, age: str) -> None:
        space = open_space(leader, min_age=16, max_age=25)
        dora = make_user()

        answer = logged_in(dora).post(url("join", space), {"display_name": "Duif", "unkept_age": age})

        assert answer.status_code == 422
        assert not space.memberships.filter(user=dora).exists()
        if age in {"younger", "older"}:
            assert "van 16 tot en met 25" in errors(answer)
            assert soup(answer).select(f'main a[href="{reverse("safety:help")}"]')

    def test_are_asked_with_an_invitation_too(self, leader: Any) -> None:
        space = make_space(leader, min_age=18)
        invitation, _code = actions.invite(verified(leader), space, role="participant")

        with pytest.raises(ValidationError, match="18 of ouder"):
            actions.accept_invitation(unverified(make_user()), invitation, display_name="Jong", told=TEEN)


@pytest.fixture
def regions(db: None) -> list[Region]:
    Region.objects.all().delete()
    return [
        Region.objects.create(name="Noordstreek", postcodes="9700-9747, 9750"),
        Region.objects.create(name="Zuidstreek", postcodes="6200-6229"),
    ]


class TestRegions:
    @pytest.fixture
    def space(self, leader: Any, regions: list[Region]) -> Space:
        space = open_space(leader)
        actions.change_space(verified(leader), space, regions=regions[:1])
        return space

    @pytest.mark.parametrize("typed", ["9711", "9711 AB", "9711ab", " 9750 "])
    def test_one_lives_in_are_kept_by_name(self, space: Space, regions: list[Region], typed: str) -> None:
        dora = make_user()

        logged_in(dora).post(url("join", space), {"display_name": "Duif", "unkept_postcode": typed})

        assert space.memberships.get(user=dora).region == regions[0]

    @pytest.mark.parametrize("typed", ["6211", "9748", "1000"])
    def test_elsewhere_are_refused_kindly(self, space: Space, typed: str) -> None:
        dora = make_user()

        answer = logged_in(dora).post(url("join", space), {"display_name": "Duif", "unkept_postcode": typed})

        assert (answer.status_code, "uit Noordstreek" in errors(answer)) == (422, True)
        assert soup(answer).select(f'main a[href="{reverse("groupspace:forums")}"]')
        assert not space.memberships.filter(user=dora).exists()

    @pytest.mark.parametrize("typed", ["", "97", "971O", "٩٧١١", "97111", "0123", "97 11"])
    def test_ask_four_digits(self, space: Space, typed: str) -> None:
        answer = logged_in(make_user()).post(url("join", space), {"display_name": "Duif", "unkept_postcode": typed})

        assert (answer.status_code, "Bijvoorbeeld 9711" in errors(answer)) == (422, True)

    def test_do_not_stop_who_was_invited(self, leader: Any, space: Space) -> None:
        invitation, _code = actions.invite(verified(leader), space, role="participant")

        assert actions.accept_invitation(unverified(make_user()), invitation, display_name="Ver").region is None

    def test_of_another_space_do_not_pass(self, leader: Any, space: Space, regions: list[Region]) -> None:
        with pytest.raises(ValidationError, match="Noordstreek"):
            actions.join(unverified(make_user()), space, display_name="Duif", told=Told(region_id=regions[1].pk))

    def test_leave_no_digits_anywhere(
        self, leader: Any, space: Space, caplog: pytest.LogCaptureFixture, settings: Any
    ) -> None:
        """Joined, refused, sealed after a lost log-in and typed as a draft: in no table, log or session."""
        caplog.set_level("DEBUG")
        Space.objects.filter(pk=space.pk).update(join_policy="request", min_age=18)
        dora = make_user()
        browser = logged_in(dora)
        page = soup(browser.get(url("join", space)))
        data = {field["name"]: field.get("value", "") for field in page.select("main form input[name]")}
        data |= {"display_name": "Duif", "unkept_age": "18-", "unkept_postcode": "9743"}
        del data["csrfmiddlewaretoken"]

        browser.post(reverse("groupspace:text:draft-save"), data)
        browser.post(url("join", space), data | {"unkept_postcode": "9743 nee"})
        Client().post(url("join", space), data)  # the log-in was lost
        assert browser.post(url("join", space), data).status_code == 302

        asked = JoinRequest.objects.get(user=dora)
        assert asked.region.name == "Noordstreek"
        kept = everything_stored()
        assert "Noordstreek" in kept  # the search finds what is there
        assert "Duif" in opened(SealedPost.objects.get())
        Region.objects.all().delete()
        assert "9743" not in everything_stored().replace(str(asked.pk), "")
        assert "9743" not in caplog.text
        assert "9743" not in str(dict(browser.session))


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
        anna.post(url("request-note", cast.space, asked.pk), {"note": note})
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


def test_the_space_with_limits_says_for_whom_it_is(leader: Any, regions: list[Region]) -> None:
    space = open_space(leader, min_age=16, max_age=25)
    actions.change_space(verified(leader), space, regions=regions)

    page = Client().get(url("space", space)).content.decode()

    assert "16 tot en met 25, uit Noordstreek, Zuidstreek" in page


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
    assert all(max(found) <= 12 for found in counts.values()), counts
