"""Coming in: agreements, age and region; what is asked is kept only as far as it is needed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from groupspace import actions, policy
from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand, choices_within
from groupspace.forum import actions as forum
from groupspace.models import JoinRequest, Region, Space
from groupspace.text.models import SealedPost
from tests.cast import Cast, add_member, make_space, make_user, unverified, verified
from tests.groupspace.coming_in.pages import TEEN, errors, open_space, soup, url
from tests.groupspace.coming_in.storage import everything_stored, opened
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db


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
        reply, browser = reverse("groupspace:gesprekken:reply", args=[space.pk, topic.pk]), logged_in(dora)
        ticket = soup(browser.get(reply)).select_one("[name=gs-ticket]")["value"]
        actions.change_space(verified(leader), space, house_rules="Nieuw.")

        answer = browser.post(reply, {"body": "Wat ik net typte.", "gs-ticket": ticket})

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


def test_the_space_with_limits_says_for_whom_it_is(leader: Any, regions: list[Region]) -> None:
    space = open_space(leader, min_age=16, max_age=25)
    actions.change_space(verified(leader), space, regions=regions)

    page = Client().get(url("space", space)).content.decode()

    assert "16 tot en met 25, uit Noordstreek, Zuidstreek" in page
