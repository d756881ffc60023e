"""Five to ten examples: what the CMS lets staff save, send for review and put online."""

from __future__ import annotations

import html
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from knowledgebase.techniques.models import TechniqueIndexPage, TechniquePage

from .themes import example, examples, make_goal, make_theme

pytestmark = pytest.mark.django_db

STEPS = [("step", {"title": f"Stap {number}", "text": "Doe iets.", "choice": ""}) for number in range(3)]
TOO_FEW = "Nu staan er 4. Voeg er nog 1 toe, of bewaar het thema als concept."
TOO_MANY = "Nu staan er 11. Haal er 1 weg, of bewaar het thema als concept."


def form(number: int, **more: Any) -> dict[str, Any]:
    """What the editor sends for a theme with so many examples."""
    shown = []
    for _kind, values in examples(number):
        shown.append(("example", {**values, "evidence": streamfield(values["evidence"])}))
    data = {
        "title": "Spelen",
        "slug": "spelen",
        "summary": "Leren door te spelen.",
        "audience": "professionals",
        "age_band": "",
        "theme": "",
        "content_note": "",
        "purpose": rich_text("<p>Leren.</p>"),
        "for_whom": rich_text("<p>Jongeren.</p>"),
        "content_track": streamfield(STEPS),
        "process_track": streamfield(STEPS),
        "success_factors": streamfield([("factor", "Praat na."), ("factor", "Leg uit.")]),
        "embedding": rich_text("<p>In het jaarplan.</p>"),
        "examples": streamfield(shown),
        "step_plans": streamfield([]),
        "related": streamfield([]),
        "attachments": streamfield([]),
        "contact": "",
        "checked_on": "2026-11-01",
        "review_on": "",
        "picture": "",
        "picture_alt": "",
        "tags": "",
    }
    return {**nested_form_data(data), "goals": [str(make_goal().pk)], **more}


def create(client: Client, index: TechniqueIndexPage, number: int, **action: str) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["knowledgebase_techniques", "techniquepage", index.pk])
    return client.post(url, form(number, **action))


def edit(client: Client, page: TechniquePage, number: int, **action: str) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(number, **action))


def errors(response: Any) -> str:
    """All that the screen says; what is wrong with blocks stands in the data of the script that draws them."""
    return html.unescape(response.content.decode())


def latest(page: TechniquePage) -> TechniquePage:
    return TechniquePage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize("number", [0, 4, 5, 10, 11])
def test_draft_may_hold_any_number(redactie: Client, index: TechniqueIndexPage, number: int) -> None:
    response = create(redactie, index, number)

    assert response.status_code == 302, errors(response)
    page = TechniquePage.objects.get()
    assert not page.live
    assert len(latest(page).examples) == number
    assert edit(redactie, page, number).status_code == 302


@pytest.mark.parametrize(("number", "sentence"), [(4, TOO_FEW), (11, TOO_MANY)])
def test_review_of_too_few_or_too_many_is_refused(
    redactie: Client, index: TechniqueIndexPage, number: int, sentence: str
) -> None:
    create(redactie, index, number)
    page = TechniquePage.objects.get()

    response = edit(redactie, page, number, **{"action-submit": "1"})

    assert response.status_code == 200
    assert sentence in errors(response)
    assert "Een thema heeft 5 tot 10 voorbeelden." in errors(response)
    assert not TaskState.objects.exists()


@pytest.mark.parametrize("number", [4, 11])
def test_new_theme_cannot_be_sent_for_review_at_once(redactie: Client, index: TechniqueIndexPage, number: int) -> None:
    create(redactie, index, number, **{"action-submit": "1"})

    assert not TaskState.objects.exists()
    assert not TechniquePage.objects.filter(live=True).exists()


@pytest.mark.parametrize("number", [5, 10])
def test_five_and_ten_go_online_by_two_people(
    redactie: Client, colleague: Client, index: TechniqueIndexPage, client: Client, number: int
) -> None:
    create(redactie, index, number, **{"action-submit": "1"})
    page = TechniquePage.objects.get()
    state = TaskState.objects.get(status="in_progress")

    colleague.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))

    page.refresh_from_db()
    assert page.live
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert len(shown.select(".kb-example")) == number


@pytest.mark.parametrize(("number", "sentence"), [(4, TOO_FEW), (11, TOO_MANY)])
def test_what_became_unfinished_during_review_is_not_approved(
    redactie: Client, colleague: Client, index: TechniqueIndexPage, number: int, sentence: str
) -> None:
    create(redactie, index, 5, **{"action-submit": "1"})
    page = TechniquePage.objects.get()
    edit(redactie, page, number)  # a draft, while it waits
    state = TaskState.objects.get(status="in_progress")

    response = colleague.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), follow=True
    )

    page.refresh_from_db()
    assert not page.live
    assert response.status_code == 200
    assert sentence in errors(response)
    assert TaskState.objects.get(pk=state.pk).status == "in_progress"


def test_dialog_for_a_comment_says_so_too(redactie: Client, colleague: Client, index: TechniqueIndexPage) -> None:
    create(redactie, index, 5, **{"action-submit": "1"})
    page = TechniquePage.objects.get()
    edit(redactie, page, 4)
    state = TaskState.objects.get(status="in_progress")
    url = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, "approve", state.pk])

    colleague.post(url, {"comment": "Mooi"}, headers={"X-Requested-With": "XMLHttpRequest"})
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    response = edit(colleague, page, 4, **approval)

    page.refresh_from_db()
    assert not page.live
    assert TOO_FEW in errors(response)


@pytest.mark.parametrize("number", [4, 11])
def test_live_theme_keeps_its_examples_while_a_draft_has_another_number(
    redactie: Client, theme: TechniquePage, client: Client, number: int
) -> None:
    assert edit(redactie, theme, number, slug=theme.slug).status_code == 302

    assert len(latest(theme).examples) == number
    assert len(TechniquePage.objects.get(pk=theme.pk).examples) == 5


@pytest.mark.parametrize("number", [4, 11])
def test_code_cannot_publish_it_either(index: TechniqueIndexPage, number: int) -> None:
    page = make_theme(index, live=False, examples=examples(number))

    with pytest.raises(ValidationError, match="Een thema heeft 5 tot 10 voorbeelden"):
        page.get_latest_revision().publish()

    assert not TechniquePage.objects.get(pk=page.pk).live


def test_example_without_evidence_is_not_published(index: TechniqueIndexPage) -> None:
    page = make_theme(index, live=False, examples=[*examples(4), example(5, evidence=[])])

    with pytest.raises(ValidationError, match="onderdelen is nog niet af"):
        page.get_latest_revision().publish()


def test_new_theme_starts_with_the_common_process(redactie: Client, index: TechniqueIndexPage) -> None:
    assert next(step.value["title"] for step in TechniquePage().process_track) == "Noem het doel en de doelgroep"
    assert len(TechniquePage().process_track) == 8

    url = reverse("wagtailadmin_pages:add", args=["knowledgebase_techniques", "techniquepage", index.pk])
    editor = redactie.get(url).content.decode()

    assert "Vraag het vijf deelnemers" in editor
    assert "Vijf tot tien voorbeelden" in editor


@pytest.mark.parametrize("year", ["25", "abcd", "3024"])
def test_evidence_wants_a_real_year(index: TechniqueIndexPage, year: str) -> None:
    proof = ("evidence", {"kind": "research", "source": "Een boek", "year": year, "url": ""})
    page = make_theme(index, live=False, examples=[*examples(4), example(5, evidence=[proof])])

    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()


def test_goals_are_kept_by_redactie(redactie: Client) -> None:
    add = reverse("wagtailsnippets_knowledgebase_techniques_socialworkgoal:add")

    assert redactie.post(add, {"name": "Niet alleen zijn", "slug": "niet-alleen", "text": ""}).status_code == 302
    assert redactie.get(reverse("wagtailsnippets_knowledgebase_techniques_socialworkgoal:list")).status_code == 200
