"""Writing along: who may open a draft, what they may say, and what nobody ever learns."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebase import codes
from knowledgebase.techniques import actions
from knowledgebase.techniques.models import Contributor, Invitation, Remark, TechniqueIndexPage, TechniquePage, Vote

from .themes import make_theme

pytestmark = pytest.mark.django_db

MINE = "/meeschrijven/"
SECRET = "Geheim concept over robots."


@pytest.fixture
def draft(index: TechniqueIndexPage) -> TechniquePage:
    """A theme that nobody published yet."""
    return make_theme(index, "Slimme hulp thuis", live=False, purpose=f"<p>{SECRET}</p>")


def address(theme: TechniquePage, name: str = "draft", **more: str) -> str:
    return reverse(f"knowledgebase_techniques:{name}", kwargs={"theme": theme.translation_key, **more})


def say(client: Client, theme: TechniquePage, section: str = "purpose", **changes: str) -> Any:
    data = {"kind": "comment", "text": "Dit kan korter.", "ticket": str(uuid.uuid4()), **changes}
    data = {f"{section}-{name}": value for name, value in data.items()}
    return client.post(address(theme, "say", section=section), data)


# Who comes in


def test_contributor_reads_the_draft(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    response = writes_along(draft).get(address(draft))

    assert response.status_code == 200
    assert SECRET in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_contributor_sees_the_newest_version(theme: TechniquePage, writes_along: Callable[..., Client]) -> None:
    theme.purpose = "<p>Nieuwe woorden.</p>"
    theme.save_revision()

    assert "Nieuwe woorden." in writes_along(theme).get(address(theme)).content.decode()


@pytest.mark.parametrize("who", ["nobody", "member", "pro-other", "other theme", "staff", "ended"])
def test_nobody_else_reads_it(
    draft: TechniquePage,
    index: TechniqueIndexPage,
    person: Callable[[str], Client],
    writes_along: Callable[..., Client],
    redactie: Client,
    who: str,
) -> None:
    actions.open_round(None, draft)
    if who == "other theme":
        client = writes_along(make_theme(index, "Iets anders"))
    elif who == "ended":
        client = writes_along(draft)
        actions.end(None, client.contributor)
    else:
        client = {"nobody": Client(), "staff": redactie}.get(who) or person(who)
    missing = make_theme(index, "Weg")
    missing_urls = [address(missing)]
    missing.delete()

    urls = [address(draft), address(draft, "say", section="purpose"), address(draft, "vote")]
    for url in urls:
        for response in (client.get(url), client.post(url, {"content": "5", "presentation": "5"})):
            assert SECRET not in response.content.decode()
            if who == "nobody":
                assert response.status_code == 302
                assert response["Location"].startswith(reverse("account:login"))
            else:
                assert response.status_code == 404
    if who != "nobody":
        assert client.get(missing_urls[0]).status_code == 404
    assert not Remark.objects.exists()
    assert not Vote.objects.exists()


def test_without_an_answer_of_the_host_nobody_comes_in(
    draft: TechniquePage, writes_along: Callable[..., Client], settings: Any
) -> None:
    client = writes_along(draft)
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "IS_PROFESSIONAL": None}

    assert client.get(address(draft)).status_code == 404
    assert client.get(MINE).status_code == 404


def test_who_no_longer_works_in_the_field_is_out(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    client = writes_along(draft)
    client.user.username = "gewoon"
    client.user.save()

    assert client.get(address(draft)).status_code == 404


def test_only_professionals_see_the_place_for_a_code(person: Callable[[str], Client]) -> None:
    assert Client().get(MINE).status_code == 302
    assert person("lid").get(MINE).status_code == 404
    response = person("pro-nieuw").get(MINE)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


# The code


def test_code_makes_a_contributor_once(draft: TechniquePage, person: Callable[[str], Client]) -> None:
    invitation, code = actions.invite(None, draft, organisation="Welzijn Overal")
    first, second = person("pro-een"), person("pro-twee")

    response = first.post(MINE, {"code": code.lower().replace("-", " "), "name": "Sam"})
    again = second.post(MINE, {"code": code, "name": "Kim"})

    assert response.status_code == 302
    assert response["Location"] == address(draft)
    assert again.status_code == 422
    assert "Deze code werkt niet." in again.content.decode()
    contributor = Contributor.objects.get()
    assert (contributor.user, contributor.organisation, contributor.name) == (first.user, "Welzijn Overal", "Sam")
    assert code not in invitation.code_hash


@pytest.mark.parametrize("code", ["", "ABCD", "x" * 500, "\x00", "%%%", "é" * 16])
def test_wrong_code_is_told_so(person: Callable[[str], Client], code: str) -> None:
    response = person("pro-een").post(MINE, {"code": code, "name": "Sam"})

    assert response.status_code == 422
    assert 'value="Sam"' in response.content.decode()


def test_expired_and_withdrawn_codes_do_not_work(draft: TechniquePage, person: Callable[[str], Client]) -> None:
    old, old_code = actions.invite(None, draft, organisation="A")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    taken_back, taken_code = actions.invite(None, draft, organisation="B")
    actions.withdraw_invitation(None, taken_back)

    client = person("pro-een")
    for code in (old_code, taken_code):
        assert client.post(MINE, {"code": code, "name": "Sam"}).status_code == 422


def test_member_cannot_use_a_code(draft: TechniquePage, person: Callable[[str], Client]) -> None:
    _invitation, code = actions.invite(None, draft, organisation="A")
    client = person("lid")

    assert client.post(MINE, {"code": code, "name": "Sam"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.become_contributor(client.user, code=code, name="Sam")


def test_who_left_comes_back_with_a_new_code(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    client = writes_along(draft)
    actions.end(None, client.contributor)
    _invitation, code = actions.invite(None, draft, organisation="Buurtwerk")

    assert client.post(MINE, {"code": code, "name": "Samira"}).status_code == 302
    assert Contributor.objects.get().name == "Samira"


def test_code_is_not_spent_by_who_writes_along_already(
    draft: TechniquePage, writes_along: Callable[..., Client]
) -> None:
    client = writes_along(draft)
    invitation, code = actions.invite(None, draft, organisation="Buurtwerk")

    assert client.post(MINE, {"code": code, "name": "Sam"}).status_code == 422
    assert Invitation.objects.usable().filter(pk=invitation.pk).exists()


@pytest.mark.parametrize("typed", ["o1", "OI", "0L", "0-1", " o i "])
def test_code_may_be_typed_as_it_is_read(typed: str) -> None:
    assert codes.hash_of(typed) == codes.hash_of("01")


# What they say


def test_what_is_said_shows_name_and_organisation_and_no_log_in_name(
    draft: TechniquePage, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, draft, question="Is het duidelijk?")
    sam, kim = writes_along(draft, "Sam", "Welzijn Overal"), writes_along(draft, "Kim", "Buurtwerk West")

    assert say(sam, draft, text="Dit kan <b>korter</b>.").status_code == 302
    page = BeautifulSoup(kim.get(address(draft)).content, "html.parser")

    remark = page.select_one("#purpose .kb-remark")
    assert "Sam, Welzijn Overal" in " ".join(remark.text.split())
    assert "Dit kan <b>korter</b>." in remark.text
    assert "Is het duidelijk?" in page.text
    assert "pro-geheim" not in str(page.main)


def test_same_form_twice_is_kept_once(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    actions.open_round(None, draft)
    client, ticket = writes_along(draft), str(uuid.uuid4())

    say(client, draft, ticket=ticket)
    say(client, draft, ticket=ticket)

    assert Remark.objects.count() == 1


def test_ticket_of_another_opens_nothing(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    actions.open_round(None, draft)
    sam, kim, ticket = writes_along(draft, "Sam"), writes_along(draft, "Kim"), str(uuid.uuid4())
    say(sam, draft, ticket=ticket)

    assert say(kim, draft, ticket=ticket).status_code == 422
    assert Remark.objects.get().contributor == sam.contributor


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"text": " \n "}, {"text": "x" * 4001}, {"kind": "order"}, {"ticket": "1"}]
)
def test_wrong_remark_comes_back_with_all_that_was_typed(
    draft: TechniquePage, writes_along: Callable[..., Client], changes: dict[str, str]
) -> None:
    actions.open_round(None, draft)

    response = say(writes_along(draft), draft, **changes)

    assert response.status_code == 422
    assert changes.get("text", "Dit kan korter.").strip() in response.content.decode()
    assert not Remark.objects.exists()


@pytest.mark.parametrize("section", ["title", "step_plans", "live", "x"])
def test_section_that_is_not_discussed_does_not_exist(
    draft: TechniquePage, writes_along: Callable[..., Client], section: str
) -> None:
    actions.open_round(None, draft)

    assert say(writes_along(draft), draft, section=section).status_code == 404


def test_between_rounds_nothing_is_taken_in(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    client = writes_along(draft)

    refused = say(client, draft)
    vote = client.post(address(draft, "vote"), {"content": "4", "presentation": "3"})

    assert (refused.status_code, vote.status_code) == (422, 422)
    for response in (refused, vote):
        assert "Deze ronde is gesloten." in response.content.decode()
    assert "Dit kan korter." in refused.content.decode()
    assert not Remark.objects.exists()


def test_name_goes_with_the_account_and_the_words_stay(
    draft: TechniquePage, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, draft)
    quirijn, kim = writes_along(draft, "Quirijn"), writes_along(draft, "Kim")
    say(quirijn, draft, text="Blijft staan.")
    quirijn.user.delete()

    page = kim.get(address(draft)).content.decode()

    assert "Blijft staan." in page
    assert "Quirijn" not in page
    assert "Oud-meeschrijver" in page

    actions.forget_gone()
    assert not Contributor.objects.filter(name="Quirijn").exists()
    assert Contributor.objects.filter(name="Kim").exists()
    assert not Invitation.objects.exists()


def test_very_many_remarks_in_a_day_are_refused(
    draft: TechniquePage, writes_along: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.open_round(None, draft)
    monkeypatch.setattr(actions, "REMARKS_PER_DAY", 2)
    client = writes_along(draft)

    assert [say(client, draft).status_code for _time in range(3)] == [302, 302, 422]


# Votes


def test_one_vote_in_a_round_that_can_be_changed(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    actions.open_round(None, draft)
    client = writes_along(draft)

    for content in ("2", "4"):
        assert client.post(address(draft, "vote"), {"content": content, "presentation": "3"}).status_code == 302

    ballot = Vote.objects.get()
    assert (ballot.content, ballot.presentation) == (4, 3)
    page = BeautifulSoup(client.get(address(draft)).content, "html.parser")
    assert page.select_one("#stem input[name=content][checked]")["value"] == "4"


def test_each_round_has_its_own_votes(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    client = writes_along(draft)
    for content in (1, 5):
        actions.open_round(None, draft)
        actions.vote(client.contributor, content=content, presentation=3)

    assert [(ballot.round.number, ballot.content) for ballot in Vote.objects.order_by("round__number")] == [
        (1, 1),
        (2, 5),
    ]
    assert draft.rounds.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("data", [{}, {"content": "0", "presentation": "3"}, {"content": "6", "presentation": "x"}])
def test_wrong_vote_is_refused(draft: TechniquePage, writes_along: Callable[..., Client], data: dict[str, str]) -> None:
    actions.open_round(None, draft)

    assert writes_along(draft).post(address(draft, "vote"), data).status_code == 422
    assert not Vote.objects.exists()


def test_nothing_of_it_is_public(theme: TechniquePage, writes_along: Callable[..., Client], client: Client) -> None:
    actions.open_round(None, theme, question="Vraag van de redactie")
    sam = writes_along(theme, "Sam Canary", "Organisatie Canary")
    say(sam, theme, text="Reactie Canary")

    for url in (theme.url, theme.get_parent().url, f"{theme.get_parent().url}handreiking/", "/zoeken/?q=Canary"):
        page = client.get(url).content.decode()
        assert "Reactie Canary" not in page
        assert "Sam Canary" not in page
        assert "Vraag van de redactie" not in page


def test_action_refuses_an_unknown_section(draft: TechniquePage, writes_along: Callable[..., Client]) -> None:
    actions.open_round(None, draft)
    with pytest.raises(ValidationError):
        actions.say(writes_along(draft).contributor, kind="comment", section="live", text="x", ticket=uuid.uuid4())
