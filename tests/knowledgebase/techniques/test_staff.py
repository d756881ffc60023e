"""What staff see and do about those who write along, in the CMS."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from knowledgebase.techniques import actions
from knowledgebase.techniques.models import Contributor, Invitation, Remark, TechniquePage

from .themes import make_theme

pytestmark = pytest.mark.django_db


def screen(theme: TechniquePage) -> str:
    return reverse("knowledgebase_techniques_contributors", args=[theme.pk])


def remark(client: Client, section: str = "purpose", kind: str = "comment", text: str = "Korter graag.") -> Remark:
    return actions.say(client.contributor, kind=kind, section=section, text=text, ticket=uuid.uuid4())


def newest(theme: TechniquePage) -> TechniquePage:
    return TechniquePage.objects.get(pk=theme.pk).get_latest_revision_as_object()


def test_staff_see_draft_remarks_and_averages_side_by_side(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, theme)
    sam, kim = writes_along(theme, "Sam", "Welzijn Overal"), writes_along(theme, "Kim", "Buurtwerk West")
    remark(sam, text="Korter graag.")
    actions.vote(sam.contributor, content=5, presentation=2)
    actions.vote(kim.contributor, content=4, presentation=3)

    response = redactie.get(screen(theme))
    page = BeautifulSoup(response.content, "html.parser")

    assert "no-store" in response["Cache-Control"]
    assert [cell.text for cell in page.select(".kb-together tbody td")] == ["2", "4,5", "2,5"]
    part = page.select_one("#purpose")
    assert "Mensen bereiken die niet langskomen." in part.text
    assert "Korter graag." in part.text
    assert "Sam, Welzijn Overal" in " ".join(part.text.split())
    assert "pro-geheim" not in response.content.decode()


def test_editor_shows_open_remarks_below_the_field(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, theme)
    sam = writes_along(theme)
    open_one, done = remark(sam, text="Korter graag."), remark(sam, text="Allang gedaan.")
    actions.handle(None, done)

    editor = redactie.get(reverse("wagtailadmin_pages:edit", args=[theme.pk])).content.decode()

    assert "Korter graag." in editor
    assert "Allang gedaan." not in editor
    assert f"{screen(theme)}#{open_one.section}" in editor
    assert f"{screen(theme)}" in editor


def test_code_is_shown_once(theme: TechniquePage, redactie: Client) -> None:
    response = redactie.post(
        reverse("knowledgebase_techniques_invite", args=[theme.pk]), {"organisation": "Welzijn Overal"}
    )

    code = BeautifulSoup(response.content, "html.parser").output.text
    assert actions.find_invitation(code) == Invitation.objects.get()
    assert "/meeschrijven/" in response.content.decode()
    assert code not in redactie.get(screen(theme)).content.decode()


def test_invitation_needs_an_organisation(theme: TechniquePage, redactie: Client) -> None:
    assert (
        redactie.post(reverse("knowledgebase_techniques_invite", args=[theme.pk]), {"organisation": ""}).status_code
        == 422
    )
    assert not Invitation.objects.exists()


def test_staff_open_and_close_rounds(theme: TechniquePage, redactie: Client) -> None:
    url = reverse("knowledgebase_techniques_round", args=[theme.pk])

    redactie.post(url, {"question": "Is het duidelijk?"})
    redactie.post(url, {"question": "En nu?"})
    assert list(theme.rounds.filter(closed_at=None).values_list("number", "question")) == [(2, "En nu?")]

    redactie.post(url, {"close": "1"})
    assert not theme.rounds.filter(closed_at=None).exists()


def test_staff_end_a_contributor_and_withdraw_a_code(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]
) -> None:
    sam = writes_along(theme)
    invitation, _code = actions.invite(None, theme, organisation="B")

    redactie.post(reverse("knowledgebase_techniques_end", args=[sam.contributor.pk]))
    redactie.post(reverse("knowledgebase_techniques_withdraw", args=[invitation.pk]))

    assert not Contributor.objects.active().exists()
    assert not Invitation.objects.usable().exists()


@pytest.mark.parametrize(
    ("section", "said", "shown"),
    [
        ("summary", "Kort en\ngoed.", "Kort en goed."),
        ("purpose", "Eerst dit.\n\nDan <b>dat</b>.", "<p>Eerst dit.</p><p>Dan &lt;b&gt;dat&lt;/b&gt;.</p>"),
        ("embedding", "In het jaarplan.", "<p>In het jaarplan.</p>"),
    ],
)
def test_proposal_is_taken_over_in_one_click(
    theme: TechniquePage,
    redactie: Client,
    writes_along: Callable[..., Client],
    section: str,
    said: str,
    shown: str,
) -> None:
    actions.open_round(None, theme)
    proposal = remark(writes_along(theme), section, "proposal", said)
    before = getattr(theme, section)

    redactie.post(reverse("knowledgebase_techniques_take_over", args=[proposal.pk]))

    assert getattr(newest(theme), section) == shown
    assert newest(theme).latest_revision.user == redactie.user
    theme.refresh_from_db()
    assert getattr(theme, section) == before  # online nothing changed: a colleague approves first
    proposal.refresh_from_db()
    assert proposal.taken_over


def test_list_of_factors_is_taken_over_line_by_line(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, theme)
    proposal = remark(writes_along(theme), "success_factors", "proposal", "- Wees er op tijd.\n* Kies samen.\n\n")

    redactie.post(reverse("knowledgebase_techniques_take_over", args=[proposal.pk]))

    assert [factor.value for factor in newest(theme).success_factors] == ["Wees er op tijd.", "Kies samen."]


@pytest.mark.parametrize(
    ("section", "kind", "said"),
    [
        ("purpose", "comment", "Mooi."),
        ("examples", "proposal", "Een ander voorbeeld."),
        ("summary", "proposal", "x" * 401),
        ("success_factors", "proposal", "Maar één."),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client], section: str, kind: str, said: str
) -> None:
    actions.open_round(None, theme)
    proposal = remark(writes_along(theme), section, kind, said)
    versions = theme.revisions.count()

    page = redactie.post(
        reverse("knowledgebase_techniques_take_over", args=[proposal.pk]), follow=True
    ).content.decode()

    assert "Pas de tekst zelf aan." in page
    assert theme.revisions.count() == versions
    assert Remark.objects.open().filter(pk=proposal.pk).exists()


def test_nothing_is_taken_over_while_the_page_waits_for_approval(
    theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]
) -> None:
    actions.open_round(None, theme)
    proposal = remark(writes_along(theme), "purpose", "proposal", "Nieuw.")
    theme.get_workflow().start(theme, redactie.user)

    page = redactie.post(
        reverse("knowledgebase_techniques_take_over", args=[proposal.pk]), follow=True
    ).content.decode()

    assert "wacht op goedkeuring" in page
    assert newest(theme).purpose == theme.purpose


def test_remark_is_put_away(theme: TechniquePage, redactie: Client, writes_along: Callable[..., Client]) -> None:
    actions.open_round(None, theme)
    said = remark(writes_along(theme))

    redactie.post(reverse("knowledgebase_techniques_handle", args=[said.pk]))

    assert not Remark.objects.open().exists()


def test_buttons_are_not_for_who_cannot_edit(
    theme: TechniquePage, writes_along: Callable[..., Client], staff: Callable[..., Client]
) -> None:
    actions.open_round(None, theme)
    sam = writes_along(theme)
    said = remark(sam, "purpose", "proposal", "Nieuw.")
    invitation, _code = actions.invite(None, theme, organisation="B")
    urls = {
        screen(theme): "get",
        reverse("knowledgebase_techniques_invite", args=[theme.pk]): "post",
        reverse("knowledgebase_techniques_round", args=[theme.pk]): "post",
        reverse("knowledgebase_techniques_end", args=[sam.contributor.pk]): "post",
        reverse("knowledgebase_techniques_withdraw", args=[invitation.pk]): "post",
        reverse("knowledgebase_techniques_handle", args=[said.pk]): "post",
        reverse("knowledgebase_techniques_take_over", args=[said.pk]): "post",
    }

    for client in (Client(), sam, staff("zonder-recht", None)):
        for url, method in urls.items():
            response: Any = getattr(client, method)(url)
            assert response.status_code in (302, 403, 404), url
            assert "Nieuw." not in response.content.decode()

    assert Remark.objects.open().count() == 1
    assert Invitation.objects.usable().count() == 1
    assert Contributor.objects.active().count() == 1
    assert newest(theme).purpose == theme.purpose


def test_screen_shows_an_empty_draft_too(theme: TechniquePage, redactie: Client) -> None:
    empty = make_theme(theme.get_parent().specific, "Leeg", live=False, purpose="", examples=[], summary="")

    assert redactie.get(screen(empty)).status_code == 200
