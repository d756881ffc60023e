"""What members arrange for themselves, and what the others see of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, policy
from groupspace.forum.actions import start_topic
from groupspace.models import Membership, ProfileAnswer, ProfileField, Space
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, add_member, make_professional, make_space, make_user, unverified, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
CANARY = "Kanariepiet"


def url(name: str, space: Space, *args: Any) -> str:
    return reverse(f"groupspace:{name}", args=[space.pk, *args])


def place(**changes: Any) -> dict[str, Any]:
    return {"is_listed": True, "quiet_until": None, **changes}


class TestTheList:
    @pytest.fixture
    def others(self, cast: Cast) -> dict[str, Client]:
        """Another plain member, and who manages members."""
        cem = make_user("cem")
        add_member(cast.space, cem, "Cem")
        return {"cem": logged_in(cem), "carla": logged_in(cast.carla, verified=True)}

    def test_leaves_out_who_wants_that(self, cast: Cast, others: dict[str, Client]) -> None:
        ben = cast.members["ben"]
        assert "Beer" in others["cem"].get(url("members", cast.space)).content.decode()

        logged_in(cast.ben).post(url("own-place", cast.space), {"pause": ""})

        assert "Beer" not in others["cem"].get(url("members", cast.space)).content.decode()
        assert others["cem"].get(url("profile", cast.space, ben.pk)).status_code == 404
        assert "Beer" in others["carla"].get(url("members", cast.space)).content.decode()
        assert "Beer" in logged_in(cast.ben).get(url("members", cast.space)).content.decode()

    def test_can_be_switched_off_for_members(self, cast: Cast, others: dict[str, Client]) -> None:
        actions.change_space(cast.actor("anna"), cast.space, members_listed=False)

        seen = others["cem"].get(url("members", cast.space)).content.decode()
        assert "Beer" not in seen
        for shown in ("Anna", "Carla", "Ellen", "Cem"):  # who has power, and oneself
            assert shown in seen
        assert "Beer" in others["carla"].get(url("members", cast.space)).content.decode()

    def test_object_and_list_agree(self, cast: Cast) -> None:
        actions.arrange_own_place(cast.actor("ben"), cast.space, **place(is_listed=False))
        cem = make_user()
        add_member(cast.space, cem, "Cem")
        for actor in (
            unverified(cem),
            *(cast.actor(name) for name in ("anna", "ben", "carla", "ellen", "frank", "dora")),
        ):
            seen = set(Membership.objects.visible_to(actor))
            for member in Membership.objects.select_related("space"):
                assert (member in seen) == bool(policy.can(actor, "view", member)), (actor, member)

    def test_still_counts_everybody(self, cast: Cast, others: dict[str, Client]) -> None:
        actions.change_space(cast.actor("anna"), cast.space, members_listed=False)

        assert "5 leden" in others["cem"].get(url("space", cast.space)).content.decode()


class TestPause:
    def test_is_seen_by_nobody_else(self, cast: Cast) -> None:
        anna = logged_in(cast.anna, verified=True)
        pages = [url("members", cast.space), url("member", cast.space, cast.members["ben"].pk)]
        pages += [
            url("profile", cast.space, cast.members["ben"].pk),
            url("space", cast.space),
            url("space-log", cast.space),
        ]
        main = [BeautifulSoup(anna.get(page).content, "html.parser").main.get_text() for page in pages]

        logged_in(cast.ben).post(url("own-place", cast.space), {"is_listed": "on", "pause": "2"})

        until = timezone.localdate() + timedelta(weeks=2)
        assert Membership.objects.get(pk=cast.members["ben"].pk).quiet_until == until
        assert [BeautifulSoup(anna.get(page).content, "html.parser").main.get_text() for page in pages] == main
        assert policy.can(cast.actor("ben"), "post", cast.space)

    def test_can_be_kept_and_ended(self, cast: Cast) -> None:
        ben = logged_in(cast.ben)
        ben.post(url("own-place", cast.space), {"is_listed": "on", "pause": "4"})
        until = Membership.objects.get(pk=cast.members["ben"].pk).quiet_until

        ben.post(url("own-place", cast.space), {"is_listed": "on", "pause": "same"})
        assert Membership.objects.get(pk=cast.members["ben"].pk).quiet_until == until
        ben.post(url("own-place", cast.space), {"is_listed": "on", "pause": ""})
        assert Membership.objects.get(pk=cast.members["ben"].pk).quiet_until is None

    def test_lies_ahead(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            actions.arrange_own_place(
                cast.actor("ben"), cast.space, **place(quiet_until=timezone.localdate() - timedelta(days=1))
            )


class TestProfiles:
    @pytest.fixture
    def fields(self, cast: Cast) -> list[ProfileField]:
        labels = ["Wat doe je graag?", "Waar ben je goed in?", "Wat helpt jou?"]
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=labels)
        return list(cast.space.profile_fields.all())

    @pytest.fixture
    def told(self, cast: Cast, fields: list[ProfileField]) -> list[ProfileField]:
        data = {"is_listed": "on", "pause": ""}
        for field, audience in zip(fields, ("space", "facilitators", "self"), strict=True):
            data |= {f"text_{field.pk}": f"{CANARY} {audience}", f"audience_{field.pk}": audience}
        assert logged_in(cast.ben).post(url("own-place", cast.space), data).status_code == 302
        return fields

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("anna", {"space", "facilitators"}),
            ("carla", {"space", "facilitators"}),
            ("ellen", {"space"}),
            ("cem", {"space"}),
            ("ben", {"space", "facilitators", "self"}),
            ("dora", set()),
            ("frank", set()),
            ("operator", set()),
        ],
    )
    def test_are_read_by_those_they_are_told_to(
        self, cast: Cast, told: list[ProfileField], who: str, sees: set[str]
    ) -> None:
        if who == "cem":
            user = make_user()
            add_member(cast.space, user, "Cem")
            browser, actor = logged_in(user), unverified(user)
        else:
            browser = logged_in(getattr(cast, who), verified=who in {"anna", "carla", "frank", "operator"})
            actor = cast.actor(who)

        answer = browser.get(url("profile", cast.space, cast.members["ben"].pk))

        assert answer.status_code == (200 if sees else 404)
        body = answer.content.decode()
        assert {audience for audience in ("space", "facilitators", "self") if f"{CANARY} {audience}" in body} == sees
        answers = ProfileAnswer.objects.select_related("membership__space")
        assert {answer.audience for answer in policy.visible(actor, answers)} == sees
        assert {answer.audience for answer in answers if policy.can(actor, "view", answer)} == sees

    def test_of_who_is_not_listed_are_read_by_nobody_who_does_not_see_them(
        self, cast: Cast, told: list[ProfileField]
    ) -> None:
        Membership.objects.filter(pk=cast.members["ben"].pk).update(is_listed=False)

        assert not policy.visible(cast.actor("ellen"), ProfileAnswer.objects.all()).exists()

    def test_are_changed_by_oneself_alone(self, cast: Cast, told: list[ProfileField]) -> None:
        answer = ProfileAnswer.objects.select_related("membership__space").get(audience="space")

        assert policy.can(cast.actor("ben"), "change", answer)
        assert not policy.can(cast.actor("anna"), "change", answer)

    def test_go_when_one_leaves_or_is_removed(self, cast: Cast, told: list[ProfileField]) -> None:
        actions.leave(cast.actor("ben"), cast.space)

        assert not ProfileAnswer.objects.exists()
        page = logged_in(cast.anna, verified=True).get(url("profile", cast.space, cast.members["ben"].pk))
        assert page.status_code == 404

    def test_stay_with_a_question_that_stays(self, cast: Cast, told: list[ProfileField]) -> None:
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=["Nieuw?", told[2].label, told[0].label])

        assert set(ProfileAnswer.objects.values_list("field", flat=True)) == {told[0].pk, told[2].pk}
        assert [field.label for field in cast.space.profile_fields.all()] == ["Nieuw?", told[2].label, told[0].label]

    def test_what_was_typed_under_a_question_that_went_is_given_back(
        self, cast: Cast, fields: list[ProfileField]
    ) -> None:
        ben, address = logged_in(cast.ben), url("own-place", cast.space)
        page = BeautifulSoup(ben.get(address).content, "html.parser")
        ticket = page.select_one("[name=gs-ticket]")["value"]
        labels = [*(field.label for field in fields[1:]), "Wat doe je het liefst?"]
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=labels)

        typed = {f"text_{field.pk}": f"{CANARY} {field.pk}" for field in fields}
        answer = ben.post(address, {"pause": "", "gs-ticket": ticket, **typed})

        assert answer.status_code == 403
        given = BeautifulSoup(answer.content, "html.parser").select_one("textarea[readonly]").get_text()
        assert all(f"{CANARY} {field.pk}" in given for field in fields)
        assert not ProfileAnswer.objects.exists()

    def test_question_that_came_while_one_typed_stands_in_nobodys_way(
        self, cast: Cast, fields: list[ProfileField]
    ) -> None:
        labels = [*(field.label for field in fields), "Nog een vraag?"]
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=labels)

        typed = {f"text_{fields[0].pk}": CANARY, f"audience_{fields[0].pk}": "space"}
        assert logged_in(cast.ben).post(url("own-place", cast.space), {"pause": "", **typed}).status_code == 302

        assert ProfileAnswer.objects.get().text == CANARY

    def test_what_is_answered_in_another_window_meanwhile_stays(self, cast: Cast, fields: list[ProfileField]) -> None:
        ben, address = logged_in(cast.ben), url("own-place", cast.space)
        first, later = ({f"text_{one.pk}": CANARY, f"audience_{one.pk}": "space"} for one in fields[:2])
        assert ben.post(address, {"pause": "", **first, **later}).status_code == 302

        assert ben.post(address, {"pause": "", **first}).status_code == 302

        assert set(ProfileAnswer.objects.values_list("field", flat=True)) == {one.pk for one in fields[:2]}

    def test_of_another_space_cannot_be_answered(self, cast: Cast, fields: list[ProfileField]) -> None:
        with pytest.raises(ValidationError):
            actions.arrange_own_place(
                verified(cast.frank), cast.other, **place(profile={fields[0].pk: (CANARY, "space")})
            )
        assert not ProfileAnswer.objects.exists()

    def test_are_in_ones_own_data_and_in_no_others(self, cast: Cast, told: list[ProfileField]) -> None:
        assert f"{CANARY} self" in logged_in(cast.ben).post(reverse("own_data")).content.decode()
        assert CANARY not in logged_in(cast.anna, verified=True).post(reverse("own_data")).content.decode()

    def test_emptied_are_gone(self, cast: Cast, told: list[ProfileField]) -> None:
        emptied = {f"text_{field.pk}": "" for field in told} | {f"audience_{field.pk}": "space" for field in told}
        logged_in(cast.ben).post(
            url("own-place", cast.space),
            {"is_listed": "on", "pause": "", **emptied},
        )

        assert not ProfileAnswer.objects.exists()


class TestHandingOver:
    def test_makes_another_the_leader_in_one_act(self, cast: Cast) -> None:
        carla = cast.members["carla"]

        answer = logged_in(cast.anna, verified=True).post(
            url("hand-over", cast.space, carla.pk), {"step_back_to": "participant"}
        )

        assert answer.status_code == 302
        assert policy.can(verified(cast.carla), "change", cast.space)
        assert not policy.can(verified(cast.anna), "change", cast.space)
        assert policy.can(verified(cast.anna), "post", cast.space)
        told = logged_in(cast.carla, verified=True).get(url("space-log", cast.space)).content.decode()
        assert "Anna droeg de leiding over aan iemand: Carla" in told

    def test_takes_back_the_codes_that_make_leaders(self, cast: Cast) -> None:
        _invitation, code = actions.invite(cast.actor("anna"), cast.space, role="facilitator")

        actions.hand_over(cast.actor("anna"), cast.members["carla"], step_back_to="co_facilitator")

        assert actions.find_invitation(code) is None

    @pytest.mark.parametrize("role", ["facilitator", "niets", ""])
    def test_means_stepping_back(self, cast: Cast, role: str) -> None:
        with pytest.raises(ValidationError):
            actions.hand_over(cast.actor("anna"), cast.members["carla"], step_back_to=role)
        assert Membership.objects.get(pk=cast.members["anna"].pk).role == "facilitator"

    @pytest.mark.parametrize("who", ["ben", "carla", "ellen", "dora", "frank", "operator"])
    def test_is_for_who_leads(self, cast: Cast, who: str) -> None:
        with pytest.raises(PermissionDenied):
            actions.hand_over(cast.actor(who), cast.members["ben"], step_back_to="participant")
        assert Membership.objects.get(pk=cast.members["ben"].pk).role == "participant"

    def test_does_not_leave_it_to_who_is_away(self, cast: Cast) -> None:
        actions.suspend(cast.actor("anna"), cast.members["ben"])

        with pytest.raises(ValidationError, match="doet nu niet mee"):
            actions.hand_over(cast.actor("anna"), cast.members["ben"], step_back_to="participant")


def test_roles_are_told_in_plain_sentences(cast: Cast) -> None:
    page = logged_in(cast.anna, verified=True).get(url("member", cast.space, cast.members["ben"].pk)).content.decode()

    assert "Meelezer: leest mee om te leren, en schrijft niets" in page
    for kind_role in cast.space.space_kind.roles.values():
        assert kind_role.explained, kind_role.code


class TestForums:
    def open_forum(self, leader: Any, **fields: Any) -> Space:
        fields = {"house_rules": "Wees aardig.", "visibility": "listed", "join_policy": "open", **fields}
        return make_space(leader, kind="forum", **fields)

    def test_need_agreements_and_an_open_door(self) -> None:
        leader = make_professional()
        for wrong in ({"house_rules": " "}, {"join_policy": "request"}):
            with pytest.raises(ValidationError):
                self.open_forum(leader, **wrong)
        forum = self.open_forum(leader)
        for wrong in ({"house_rules": ""}, {"join_policy": "invitation"}):
            with pytest.raises(ValidationError):
                actions.change_space(verified(leader), Space.objects.get(pk=forum.pk), **wrong)

    @pytest.mark.parametrize("is_visitor", [True, False])
    def test_are_listed_by_theme_and_age_for_everybody(self, is_visitor: bool) -> None:
        leader = make_professional()
        grief = self.open_forum(
            leader, name="Rouw bij jongeren", theme="rouw", min_age=16, max_age=24, welcome=CANARY, display_name=CANARY
        )
        start_topic(verified(leader), grief, title=CANARY, body=from_plain(CANARY))
        self.open_forum(leader, name="Gepest", theme="Gepest worden")
        self.open_forum(leader, name="Rouw bij kinderen", theme="Rouw", max_age=15)
        self.open_forum(leader, name=f"{CANARY} verborgen", theme="rouw", visibility="hidden")
        make_space(leader, name=f"{CANARY} groep", visibility="listed", theme="rouw")
        make_space(leader, name=f"{CANARY} vak", visibility="listed", kind="intervision")

        browser = Client() if is_visitor else logged_in(make_user())
        page = browser.get(reverse("groupspace:forums"))

        soup = BeautifulSoup(page.content, "html.parser")
        assert [heading.get_text() for heading in soup.select("main h2")] == ["Gepest worden", "Rouw"]
        assert [link.get_text() for link in soup.select("main a.gs-list__title")] == [
            "Gepest",
            "Rouw bij kinderen",
            "Rouw bij jongeren",
        ]
        assert "16 tot en met 24" in soup.main.get_text()
        assert all(browser.get(link["href"]).status_code == 200 for link in soup.select("main a.gs-list__title"))
        assert CANARY not in page.content.decode()

    def test_moderators_keep_it_safe_with_the_second_step(self) -> None:
        leader, mod = make_professional(), make_user()
        forum = self.open_forum(leader)
        member = add_member(forum, mod, "Mod", "moderator")
        actions.agree_to_rules(verified(mod), forum, version=1)

        for action in ("moderate", "manage_members", "post"):
            assert policy.can(verified(mod), action, forum)
        assert not policy.can(verified(mod), "change", forum)
        assert policy.can(unverified(mod), "post", forum).verify
        assert set(forum.space_kind.roles) >= {"participant", "moderator"}
        assert member.role == "moderator"

    def test_the_list_asks_the_same_for_one_and_fifty(self, django_assert_num_queries: Any) -> None:
        leader = make_professional()
        browser = logged_in(make_user())
        self.open_forum(leader)
        browser.get(reverse("groupspace:forums"))
        with django_assert_num_queries(5):  # one of them: answers, for who is in no group
            browser.get(reverse("groupspace:forums"))
        for _number in range(15):
            self.open_forum(leader)
        with django_assert_num_queries(5):  # one of them: answers, for who is in no group
            browser.get(reverse("groupspace:forums"))
