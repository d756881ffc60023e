"""The pages of a space through HTTP: joining, inviting and managing, also with bad input."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from groupspace import actions
from groupspace.kinds import all_kinds
from groupspace.models import Invitation, JoinRequest, Membership, ProfileAnswer, Space
from tests.cast import Cast, add_member, make_space, make_user, verified
from tests.logged_in import logged_in
from tests.stood import stood

ODD = ["", "   ", "x" * 41, "naam\x00", "na\u202eam", "Begeleider Jan", "\u200b", "<script>alert(1)</script>" * 3]


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def errors(response: Any) -> list[str]:
    return [tag.get_text(" ", strip=True) for tag in soup(response).select(".gs-field__error")]


def fields(response: Any, form: str = "form") -> dict[str, Any]:
    """What a browser sends of the form on this page, or of the one that the selector `form` finds."""
    sent: dict[str, Any] = {}
    for box in soup(response).select(f"main {form} [name]:not(button)"):
        if box.name == "select":
            chosen = box.select_one("option[selected]")
            sent[box["name"]] = chosen["value"] if chosen else ""
        elif box.get("type") not in {"checkbox", "radio"}:
            sent[box["name"]] = box.get("value", "") if box.name == "input" else box.get_text().removeprefix("\n")
        elif box.has_attr("checked"):
            many = box["type"] == "checkbox"
            sent[box["name"]] = [*sent.get(box["name"], []), box.get("value", "on")] if many else box["value"]
    return sent


@pytest.fixture
def anna(cast: Cast) -> Client:
    return logged_in(cast.anna, verified=True)


@pytest.fixture
def dora(cast: Cast) -> Client:
    return logged_in(cast.dora)


@pytest.fixture
def open_space(cast: Cast) -> Space:
    return make_space(cast.frank, name="Open groep", visibility="listed", join_policy="open", display_name="Frank")


def url(name: str, space: Space, *args: Any) -> str:
    return reverse(f"groupspace:{name}", args=[space.pk, *args])


class TestJoining:
    @pytest.mark.parametrize(("visibility", "tells"), [("public", True), ("listed", False)])
    def test_an_outsider_reads_about_a_public_group_and_who_leads(
        self, open_space: Space, visibility: str, tells: bool
    ) -> None:
        Space.objects.filter(pk=open_space.pk).update(visibility=visibility, about="Elke week over slapen")
        page = soup(Client().get(url("space", open_space)))

        assert page.h1.get_text() == "Open groep"
        assert ("Frank" in page.get_text()) == ("Elke week over slapen" in page.get_text()) == tells

    def test_an_open_group(self, dora: Client, open_space: Space) -> None:
        response = dora.post(url("join", open_space), {"display_name": "Duif"}, follow=True)

        assert response.redirect_chain == [(url("space", open_space), 302)]
        assert "Welkom. Je doet nu mee." in response.content.decode()

    @pytest.mark.parametrize("name", ODD)
    def test_an_odd_name_gets_a_sentence_beside_the_field_and_stays(
        self, dora: Client, open_space: Space, name: str
    ) -> None:
        response = dora.post(url("join", open_space), {"display_name": name})

        assert response.status_code == 422
        assert len(errors(response)) == 1
        assert soup(response).select_one("#id_display_name").get("value", "").strip("\x00") == name.strip("\x00")
        assert not open_space.memberships.filter(user__username="dora").exists()

    def test_a_name_someone_has(self, dora: Client, open_space: Space) -> None:
        response = dora.post(url("join", open_space), {"display_name": "frank"})

        assert (response.status_code, "al in gebruik" in errors(response)[0]) == (422, True)

    def test_twice_quickly_is_joining_once(self, dora: Client, open_space: Space) -> None:
        for _number in range(2):
            dora.post(url("join", open_space), {"display_name": "Duif"})

        assert open_space.memberships.filter(user__username="dora").count() == 1

    def test_fields_that_are_not_asked_for_change_nothing(self, dora: Client, open_space: Space) -> None:
        extra = {"role": "facilitator", "state": "active", "user": "1", "space": "1", "until": "2099-01-01"}
        dora.post(url("join", open_space), {"display_name": "Duif", **extra})

        assert open_space.memberships.get(user__username="dora").role == "participant"

    def test_asking_with_answers_and_being_let_in(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed", questions=["Waarom?", "Wanneer?"])
        why, when = (f"answer_{question.pk}" for question in cast.space.questions.all())
        sent = dora.post(url("join", cast.space), {"display_name": "Duif", why: "Rust.", when: ""})
        assert sent.status_code == 302
        join_request = JoinRequest.objects.get()

        page = anna.get(url("request", cast.space, join_request.pk)).content.decode()
        assert "Rust." in page
        assert "dora" not in page
        anna.post(url("request", cast.space, join_request.pk), {"decision": "admit"})

        assert dora.get(url("space", cast.space)).status_code == 200
        assert soup(dora.get(url("space", cast.space))).select_one("a[href$='/weggaan/']")

    def test_a_refusal_shows_its_reason_to_the_asker_only(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        join_request = JoinRequest.objects.get()

        empty = anna.post(url("request", cast.space, join_request.pk), {"decision": "refuse", "reason": ""})
        assert (empty.status_code, len(errors(empty))) == (422, 1)
        anna.post(url("request", cast.space, join_request.pk), {"decision": "refuse", "reason": "Nu past het niet."})

        assert "Nu past het niet." in dora.get("/groep/").content.decode()
        assert "Nu past het niet." not in logged_in(cast.ben).get("/groep/").content.decode()

    def test_a_decision_taken_in_two_windows(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        address = url("request", cast.space, JoinRequest.objects.get().pk)
        anna.post(address, {"decision": "admit"})

        second = anna.post(address, {"decision": "admit"})

        assert second.status_code == 422
        assert "Over deze aanvraag is al besloten." in second.content.decode()

    def test_words_for_who_was_answered_meanwhile_are_shown(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        asked = JoinRequest.objects.get()
        actions.note_request(cast.actor("carla"), asked, note="Van een ander.")
        address_of_note = url("request-note", cast.space, asked.pk)
        window = fields(anna.get(url("request", cast.space, asked.pk)), f"form[action='{address_of_note}']")
        actions.admit(cast.actor("anna"), asked)

        letter = anna.post(url("request", cast.space, asked.pk), {"decision": "refuse", "reason": "Mijn lange brief."})
        note = anna.post(address_of_note, {**window, "note": "Mijn lange aantekening."})

        for page, words in ((letter, "Mijn lange brief."), (note, "Mijn lange aantekening.")):
            assert page.status_code == 422
            assert "Over deze aanvraag is al besloten." in page.content.decode()
            assert words in soup(page).select_one("textarea[readonly]").get_text()

    def test_note_that_is_too_long_stays_in_its_field(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        words = "Lang verhaal. " * 200

        page = anna.post(url("request-note", cast.space, JoinRequest.objects.get().pk), {"note": words})

        assert page.status_code == 422
        assert words.strip() in soup(page).select_one("textarea[name=note]").get_text()

    def test_letter_beside_a_note_that_is_too_long_is_a_letter(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        asked = JoinRequest.objects.get()
        actions.note_request(cast.actor("carla"), asked, note="Eerst bellen.")
        page = anna.post(url("request-note", cast.space, asked.pk), {"note": "x" * 2001})
        here, letter = page.request["PATH_INFO"], "form:has([name=decision])"

        other = anna.get(urljoin(here, soup(page).select_one(".gs-tabs a[href*=refuse]")["href"]))
        anna.post(
            urljoin(here, soup(page).select_one(letter).get("action", "")),
            {**fields(page, letter), "reason": "Fijn dat je er bent."},
        )

        assert fields(other, letter).get("decision") == "refuse"
        asked.refresh_from_db()
        assert (asked.state, asked.reason) == ("admitted", "Fijn dat je er bent.")

    def test_nobody_writes_over_the_note_of_another_unseen(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
        dora.post(url("join", cast.space), {"display_name": "Duif"})
        asked = JoinRequest.objects.get()
        address = url("request-note", cast.space, asked.pk)
        notes = f"form[action='{address}']"
        window = fields(anna.get(url("request", cast.space, asked.pk)), notes)
        actions.note_request(cast.actor("carla"), asked, note="Eerst bellen.")

        refused = anna.post(address, {**window, "note": "Past goed."})

        asked.refresh_from_db()
        assert (refused.status_code, asked.note) == (422, "Eerst bellen.")
        assert "Nu staat hier: Eerst bellen." in soup(refused).main.get_text()
        assert fields(refused, notes)["note"] == "Past goed."
        assert anna.post(address, fields(refused, notes)).status_code == 302  # seen, and chosen
        asked.refresh_from_db()
        assert asked.note == "Past goed."

    def test_answers_stay_with_their_question_when_others_change(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed", questions=["Hoe heet je?", "Waarom?"])
        typed = [box["name"] for box in soup(dora.get(url("join", cast.space))).select("textarea[name^=answer_]")]
        actions.change_space(cast.actor("anna"), cast.space, questions=["Waarom?", "Wanneer?"])

        dora.post(url("join", cast.space), {"display_name": "Duif", typed[0]: "", typed[1]: "Rust."})

        assert [(one["question"], one["answer"]) for one in JoinRequest.objects.get().answers] == [
            ("Waarom?", "Rust."),
            ("Wanneer?", ""),
        ]

    def test_answer_to_a_question_that_went_is_given_back(self, cast: Cast, anna: Client, dora: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, visibility="listed", questions=["Waarom?"])
        page = soup(dora.get(url("join", cast.space)))
        name, ticket = page.select_one("textarea")["name"], page.select_one("[name=gs-ticket]")["value"]
        actions.change_space(cast.actor("anna"), cast.space, questions=["Waarom nu?"])

        answer = dora.post(
            url("join", cast.space), {"display_name": "Duif", name: "Rust in huis.", "gs-ticket": ticket}
        )

        assert answer.status_code == 403
        assert "De vragen zijn net veranderd." in answer.content.decode()
        assert "Rust in huis." in soup(answer).select_one("textarea[readonly]").get_text()
        assert not JoinRequest.objects.exists()


def test_pressing_twice_opens_one_space(cast: Cast, anna: Client) -> None:
    address = reverse("groupspace:space-create")
    said = {"name": "Dubbel", "display_name": "Anna", "summary": "x", "visibility": "hidden"}
    sent = fields(anna.get(address)) | said | {"join_policy": "invitation"}

    first, second = (anna.post(address, sent) for _twice in range(2))

    assert first["Location"] == second["Location"]
    assert Space.objects.filter(name="Dubbel").count() == 1
    assert "Met dit formulier" not in anna.get(second["Location"]).content.decode()


def test_another_name_in_a_form_that_opened_a_group_already(cast: Cast, anna: Client) -> None:
    address = reverse("groupspace:space-create")
    said = {"name": "Eerste", "display_name": "Anna", "summary": "x", "visibility": "hidden"}
    sent = fields(anna.get(address)) | said | {"join_policy": "invitation"}
    first = anna.post(address, sent)

    second = anna.post(address, sent | {"name": "Tweede"})

    assert first["Location"] == second["Location"]
    assert "Met dit formulier opende je deze groep al." in anna.get(second["Location"]).content.decode()
    assert not Space.objects.filter(name="Tweede").exists()


class TestTogether:
    """Two people, or two windows, on one page with settings."""

    @pytest.mark.parametrize(
        ("page", "first", "second"),
        [
            ("space-change", {"about": "Van de eerste."}, {"welcome": "Van de tweede."}),
            ("space-change", {"profile_fields": "Een nieuwe vraag?"}, {"welcome": "Van de tweede."}),
            ("space-change", {"letter_refused": "Van de eerste."}, {"welcome": "Van de tweede."}),
            ("working", {"on_duty": "Elke maandag."}, {"icon": "sun"}),
            ("crisis-protocol", {"contact": "De achterwacht"}, {"location": "Alleen de provincie"}),
        ],
    )
    def test_nobody_writes_over_another_unseen(
        self, cast: Cast, anna: Client, page: str, first: dict[str, str], second: dict[str, str]
    ) -> None:
        what_if = dict.fromkeys(("contact", "phone", "location", "anonymous", "outside_hours"), "Nog bedenken")
        actions.write_crisis_protocol(cast.actor("anna"), cast.space, **what_if)
        address = url(page, cast.space)
        window, other = fields(anna.get(address)), fields(anna.get(address))
        assert anna.post(address, {**window, **first}).status_code == 302

        refused = anna.post(address, {**other, **second})

        assert refused.status_code == 422
        (name, words), (mine, typed) = next(iter(first.items())), next(iter(second.items()))
        assert fields(anna.get(address))[name] == words
        assert f"Nu staat hier: {words}" in soup(refused).main.get_text()
        assert fields(refused)[mine] == typed
        assert anna.post(address, fields(refused)).status_code == 302  # seen, and chosen
        assert fields(anna.get(address))[mine] == typed
        assert fields(anna.get(address))[name] == other.get(name, "")

    @pytest.mark.parametrize("with_mark", [True, False])
    def test_nobody_writes_over_the_first_words_unseen(self, cast: Cast, anna: Client, with_mark: bool) -> None:
        address = url("crisis-protocol", cast.space)
        empty = fields(anna.get(address))
        typed = dict.fromkeys(("contact", "phone", "location", "anonymous", "outside_hours"), "Van de eerste.")
        assert anna.post(address, {**empty, **typed}).status_code == 302
        if not with_mark:
            del empty["stood"]

        refused = anna.post(address, {**empty, **typed, "contact": "Van de tweede."})

        assert (refused.status_code, fields(anna.get(address))["contact"]) == (422, "Van de eerste.")
        assert "Nu staat hier: Van de eerste." in soup(refused).main.get_text()
        assert anna.post(address, fields(refused)).status_code == 302
        assert fields(anna.get(address))["contact"] == "Van de tweede."

    def test_lines_that_stand_there_now_are_told_apart(self, cast: Cast, anna: Client) -> None:
        address = url("space-change", cast.space)
        window = fields(anna.get(address))
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=["Vraag een?", "Vraag twee?"])

        refused = anna.post(address, {**window, "about": "Anders."})

        assert "Nu staat hier: Vraag een? / Vraag twee?" in soup(refused).main.get_text()

    def test_only_what_differs_is_named(self, cast: Cast, anna: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, welcome="Twee\nregels.")
        address = url("space-change", cast.space)
        window = fields(anna.get(address))
        actions.change_space(cast.actor("anna"), cast.space, about="Van een ander.")

        refused = anna.post(address, {**window, "welcome": "Twee\r\nregels."})

        assert [error for error in errors(refused) if "Nu staat hier" in error] == [
            "Fout: Nu staat hier: Van een ander."
        ]

    def test_it_is_said_that_the_answers_to_a_reworded_question_go(self, cast: Cast, anna: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, profile_fields=["Wat helpt jou?"])
        answers = ProfileAnswer.objects.filter(field__space=cast.space)
        answers.create(field=cast.space.profile_fields.get(), membership=cast.members["ben"], text="Wandelen")
        address = url("space-change", cast.space)
        page = anna.get(address)
        assert "of verander je er iets aan? Dan verdwijnen de antwoorden" in page.content.decode()

        anna.post(address, {**fields(page), "profile_fields": "Wat helpt je?"})

        assert not answers.exists()

    def test_the_same_change_twice_is_no_difference(self, cast: Cast, anna: Client) -> None:
        address = url("space-change", cast.space)
        window = {**fields(anna.get(address)), "about": "Hetzelfde."}

        assert [anna.post(address, window).status_code for _twice in range(2)] == [302, 302]


class TestInvitations:
    def invite(self, anna: Client, space: Space, **data: str) -> str:
        response = anna.post(url("invitations", space), {"role": "participant", "for_group": "0", **data})
        return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", response.content.decode())[0]

    def test_from_code_to_member(self, cast: Cast, anna: Client, dora: Client) -> None:
        code = self.invite(anna, cast.space)

        entered = dora.post(reverse("groupspace:invitation"), {"code": code.lower()}, follow=True)
        assert "Rust in je hoofd" in entered.content.decode()
        dora.post(reverse("groupspace:invitation-accept"), {"display_name": "Duif"})

        assert dora.get(url("space", cast.space)).status_code == 200

    def test_the_code_stands_in_no_address(self, cast: Cast, anna: Client) -> None:
        code = self.invite(anna, cast.space)
        visitor = Client()

        response = visitor.post(reverse("groupspace:invitation"), {"code": code}, follow=True)

        assert all(code not in address for address, _status in response.redirect_chain)
        assert response.request["PATH_INFO"] == reverse("account:login")

    def test_reading_the_page_uses_nothing_up(self, cast: Cast, anna: Client) -> None:
        self.invite(anna, cast.space)
        for _number in range(3):
            Client().get(reverse("groupspace:invitation"))

        assert Invitation.objects.get(uses=0, space=cast.space, label="")

    @pytest.mark.parametrize("code", ["", "NIET-EENS-BIJNA-GOED", "x" * 61, "\x00", "🙂" * 16, "0" * 16])
    def test_a_wrong_code_gets_one_sentence(self, dora: Client, code: str) -> None:
        response = dora.post(reverse("groupspace:invitation"), {"code": code})

        assert (response.status_code, len(errors(response))) == (422, 1)

    def test_a_used_code_is_a_wrong_code(self, cast: Cast, anna: Client, dora: Client) -> None:
        code = self.invite(anna, cast.space)
        dora.post(reverse("groupspace:invitation"), {"code": code})
        dora.post(reverse("groupspace:invitation-accept"), {"display_name": "Duif"})

        response = logged_in(make_user()).post(reverse("groupspace:invitation"), {"code": code})

        assert response.status_code == 422

    def test_used_by_another_while_one_chose_a_name(self, cast: Cast, anna: Client, dora: Client) -> None:
        code = self.invite(anna, cast.space)
        dora.post(reverse("groupspace:invitation"), {"code": code})
        other = logged_in(make_user())
        other.post(reverse("groupspace:invitation"), {"code": code})
        other.post(reverse("groupspace:invitation-accept"), {"display_name": "Eerst"})

        response = dora.post(reverse("groupspace:invitation-accept"), {"display_name": "Duif"}, follow=True)

        assert "niet meer geldig" in response.content.decode()
        assert dora.get(url("space", cast.space)).status_code == 404

    def test_withdrawn(self, cast: Cast, anna: Client, dora: Client) -> None:
        code = self.invite(anna, cast.space)
        made = Invitation.objects.get(uses=0, space=cast.space)
        anna.post(url("invitation-revoke", cast.space, made.pk))

        assert dora.post(reverse("groupspace:invitation"), {"code": code}).status_code == 422


class TestManaging:
    def test_one_extra_permission_and_one_less(self, cast: Cast, anna: Client) -> None:
        ben = cast.members["ben"]
        address = url("member-permissions", cast.space, ben.pk)

        anna.post(address, {"moderate": "yes", "upload": "no"})

        assert verified(cast.ben).permissions_in(cast.space.pk) == {"view_space", "post", "moderate"}
        page = soup(anna.get(address))
        chosen = page.select("option[selected]")
        assert [option["value"] for option in chosen if option["value"]] == ["no", "yes"]
        says = {select["name"]: select.find("option", value="").text for select in page.select("select")}
        assert says["upload"] == "Zoals de rol: mag wel"
        assert says["moderate"] == "Zoals de rol: mag niet"
        anna.post(address, {})
        assert verified(cast.ben).permissions_in(cast.space.pk) == {"view_space", "post", "upload"}

    def test_what_differs_from_the_role_stands_open_and_the_rest_is_folded_but_saved(
        self, cast: Cast, anna: Client
    ) -> None:
        ben = cast.members["ben"]
        address = url("member-permissions", cast.space, ben.pk)
        actions.set_exceptions(cast.actor("anna"), ben, {"upload": False})

        page = soup(anna.get(address))
        folded = {select["name"] for select in page.select("main details select")}
        assert {select["name"] for select in page.select("main form select")} - folded == {"upload"}
        reading = page.find("h2", string="Lezen en schrijven").find_parent("section")
        assert "meelezen · schrijven · bestanden delen" in reading.get_text()

        anna.post(address, {"upload": "no", "moderate": "yes"})  # the second one from a folded part
        assert verified(cast.ben).permissions_in(cast.space.pk) == {"view_space", "post", "moderate"}

    def test_a_fault_in_a_folded_part_stands_open(self, cast: Cast, anna: Client) -> None:
        response = anna.post(url("member-permissions", cast.space, cast.members["ben"].pk), {"moderate": "everything"})

        folded = {select["name"] for select in soup(response).select("main details select")}
        assert "moderate" not in folded
        assert "facilitate" in folded

    def test_what_a_group_that_leads_itself_gives_counts_as_of_the_role(self, cast: Cast, anna: Client) -> None:
        actions.change_space(cast.actor("anna"), cast.space, steering=1, on_duty="Anna, op werkdagen")
        ben = Membership.objects.get(pk=cast.members["ben"].pk)
        address = url("member-permissions", cast.space, ben.pk)

        says = soup(anna.get(address)).find("select", attrs={"name": "prepare"})
        assert [option.text for option in says.select("option")][:2] == ["Zoals de rol: mag wel", "Mag dit niet"]
        anna.post(address, {"prepare": "no"})
        assert "prepare" not in verified(cast.ben).permissions_in(cast.space.pk)

    def test_an_unknown_permission_is_refused(self, cast: Cast, anna: Client) -> None:
        response = anna.post(url("member-permissions", cast.space, cast.members["ben"].pk), {"moderate": "everything"})

        assert response.status_code == 422

    def test_the_last_leader_reads_why_leaving_is_not_possible(self, cast: Cast, anna: Client) -> None:
        response = anna.post(url("leave", cast.space))

        assert response.status_code == 422
        assert "laatste begeleider" in response.content.decode()

    def test_whoever_is_removed_is_out_at_the_next_request(self, cast: Cast, anna: Client) -> None:
        ben = logged_in(cast.ben)
        assert ben.get(url("space", cast.space)).status_code == 200

        anna.post(url("member-remove", cast.space, cast.members["ben"].pk))

        assert ben.get(url("space", cast.space)).status_code == 404

    @pytest.mark.parametrize("field", ["name", "summary"])
    @pytest.mark.parametrize("value", ["", "x" * 5000])
    def test_bad_settings_keep_what_was_typed(self, cast: Cast, anna: Client, field: str, value: str) -> None:
        data = {"name": "Naam", "summary": "Kort.", "visibility": "hidden", "join_policy": "open", "welcome": "Getypt."}
        address = url("space-change", cast.space)

        response = anna.post(address, {**stood(anna, address), **data, field: value})

        assert (response.status_code, len(errors(response))) == (422, 1)
        assert "Getypt." in response.content.decode()
        assert Space.objects.get(pk=cast.space.pk).name == "Rust in je hoofd"

    def test_the_log_names_no_accounts(self, cast: Cast, anna: Client) -> None:
        add_member(cast.space, cast.dora, "Duif")

        text = soup(anna.get(url("space-log", cast.space))).get_text()

        assert "Duif" in text
        assert "dora" not in text


def test_a_professional_opens_a_group(cast: Cast) -> None:
    organisation = cast.pim.groupspace_professional.organisation
    data = {"kind": "group", "organisation": str(organisation.pk), "name": "Nieuw", "summary": "Kort."}
    data |= {"visibility": "listed", "join_policy": "open", "display_name": "Pim"}

    response = logged_in(cast.pim, verified=True).post(reverse("groupspace:space-create"), data)

    space = Space.objects.get(name="Nieuw")
    assert response["Location"] == url("phase", space)
    assert Membership.objects.get(space=space).role == "facilitator"


def test_a_group_for_an_organisation_of_others_is_refused(cast: Cast) -> None:
    elsewhere = cast.anna.groupspace_professional.organisation
    data = {"kind": "group", "organisation": str(elsewhere.pk), "name": "Nieuw", "summary": "Kort."}
    data |= {"visibility": "listed", "join_policy": "open", "display_name": "Pim"}

    response = logged_in(cast.pim, verified=True).post(reverse("groupspace:space-create"), data)

    assert response.status_code == 422
    assert not Space.objects.filter(name="Nieuw").exists()


def test_help_seekers_do_not_learn_of_the_professionals_forum(cast: Cast) -> None:
    forum = make_space(cast.anna, name="Intervisie Geheim", kind="intervision", visibility="listed")

    for user, second_step, sees in ((cast.ben, False, False), (cast.ben, True, False), (cast.pim, True, True)):
        browser = logged_in(user, verified=second_step)
        assert ("Intervisie Geheim" in browser.get("/groep/").content.decode()) == sees
        assert browser.get(url("space", forum)).status_code == (200 if sees else 404)


def test_a_code_for_the_professionals_forum_tells_help_seekers_nothing(cast: Cast) -> None:
    forum = make_space(cast.anna, name="Intervisie Geheim", summary="Geheim praten", kind="intervision")
    _invitation, code = actions.invite(verified(cast.anna), forum, role="intervision_member", for_group=True)
    enter, accept = reverse("groupspace:invitation"), reverse("groupspace:invitation-accept")

    # A visitor enters it and then logs in, with or without professional's papers.
    for user, second_step, sees in ((cast.ben, False, False), (cast.carla, True, False), (cast.pim, True, True)):
        visitor = Client()
        visitor.post(enter, {"code": code})
        waiting = visitor.session["groupspace_invitation"]
        browser = logged_in(user, verified=second_step)
        told = browser.post(enter, {"code": code})
        wrong = browser.post(enter, {"code": "AAAA-AAAA-AAAA-AAAA"})
        assert told.status_code == (302 if sees else wrong.status_code)
        assert sees or errors(told) == errors(wrong)

        session = browser.session
        session["groupspace_invitation"] = waiting
        session.save()
        pages = [browser.get(accept, follow=True), browser.post(accept, {"display_name": "Duif"}, follow=True)]
        assert [("Geheim" in page.content.decode()) for page in pages] == [sees, sees]
        assert forum.memberships.filter(user=user).exists() is sees


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("now", [{"visibility": "hidden"}, {"state": "closed"}, {"kind": "intervision"}])
def test_my_requests_tell_nothing_new_of_a_group_that_went_out_of_sight(
    cast: Cast, dora: Client, now: dict[str, str], ended: bool
) -> None:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
    asked = actions.request_to_join(cast.actor("dora"), cast.space, display_name="Duif")
    if ended:
        actions.refuse(cast.actor("anna"), asked, reason="Dit past nu niet.")
    assert cast.space.name in dora.get(reverse("groupspace:mine")).content.decode()

    Space.objects.filter(pk=cast.space.pk).update(name="Kanarienaam", **now)
    page = dora.get(reverse("groupspace:mine")).content.decode()

    assert "Kanarienaam" not in page
    assert str(cast.space.pk) not in page
    assert "Een groep die je niet meer kunt zien" in page
    assert ("Dit past nu niet." in page) is ended
    assert (reverse("groupspace:request-withdraw", args=[asked.pk]) in page) is not ended


def test_my_requests_name_a_hidden_group_that_one_got_into_after_all(cast: Cast) -> None:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
    asked = actions.request_to_join(cast.actor("dora"), cast.space, display_name="Duif")
    actions.refuse(cast.actor("anna"), asked, reason="Nu niet.")
    actions.change_space(cast.actor("anna"), cast.space, visibility="hidden", name="Verborgen groep")
    add_member(cast.space, cast.dora, "Duif")

    page = soup(logged_in(cast.dora).get(reverse("groupspace:mine")))

    assert [title.get_text() for title in page.select(".gs-list__title")] == ["Verborgen groep"] * 2


def test_my_groups_costs_the_same_for_one_and_for_many(cast: Cast, django_assert_num_queries: Any) -> None:
    browser = logged_in(cast.ben)
    browser.get("/groep/")
    with django_assert_num_queries(5):  # session, user, actor, spaces, requests
        browser.get("/groep/")
    for _number in range(5):
        add_member(make_space(cast.frank), cast.ben, "Beer")

    with django_assert_num_queries(5):
        browser.get("/groep/")


@pytest.mark.parametrize(("who", "verified", "statements"), [("ben", False, 10), ("anna", True, 12)])
def test_home_of_a_group_costs_the_same_for_one_item_and_for_many(
    cast: Cast, django_assert_num_queries: Any, who: str, verified: bool, statements: int
) -> None:
    page = reverse("groupspace:space", args=[cast.space.pk])
    browser = logged_in(getattr(cast, who), verified=verified)
    for turn in range(3):
        for kind in all_kinds():
            kind.make_example(cast.members["carla"], f"Voorbeeld {turn}")
        browser.get(page)
        with django_assert_num_queries(statements):
            browser.get(page)


def test_my_groups_say_how_a_group_stands_in_a_word_and_what_that_means_in_a_sentence(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(state=Space.State.RECRUITING)

    def row(user: Any, *, verified: bool) -> Any:
        page = soup(logged_in(user, verified=verified).get(reverse("groupspace:mine")))
        return page.find("a", string=cast.space.name).find_parent("li")

    of_member, of_leader = row(cast.ben, verified=False), row(cast.anna, verified=True)
    for one in (of_member, of_leader):
        assert [tag.text for tag in one.select(".gs-tag--quiet")] == ["Werven"]
    assert "Schrijven kan na de start." in of_member.text
    assert "Jij kunt al schrijven" in of_leader.text
