"""Building a step plan in the CMS: a draft may be unfinished, and the editor says what is wrong at the block."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.setup import ensure_home
from home.staff import REDACTIE
from knowledgebase import complete
from knowledgebase.stepplans.drawing import Drawing
from knowledgebase.stepplans.models import StepPlanPage
from knowledgebase.stepplans.structure import Draft
from tests.home.conftest import make_staff
from tests.knowledgebase.pages import SHARED_FIELDS

from .plans import ENDS, STEPS, choice, end, make_plan, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


def posted(block: tuple[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A block as the editor's form sends it."""
    kind, value = block
    value = {"key": "", **({"prompt": "", "target": ""} if kind == "step" else {}), **value}
    if "text" in value:
        value["text"] = rich_text(str(value["text"].source))
    if "options" in value:
        value["options"] = streamfield(value["options"])
    return kind, value


def form(steps: Any = STEPS, ends: Any = ENDS, **changes: Any) -> dict[str, Any]:
    return {
        **nested_form_data(
            {
                **SHARED_FIELDS,
                "title": "Start een groep",
                "slug": "start",
                "summary": "Zo begin je.",
                "checked_on": "2026-11-01",
                "steps": streamfield([posted(block) for block in steps]),
                "ends": streamfield([posted(block) for block in ends]),
                "factors": streamfield([("factor", f"Factor {number}") for number in range(1, 4)]),
            }
        ),
        **changes,
    }


def add(client: Client, data: dict[str, Any]) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["knowledgebase_stepplans", "stepplanpage", ensure_home().pk])
    return client.post(url, data)


def edit(client: Client, page: StepPlanPage, data: dict[str, Any]) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def shown_errors(response: Any, field: str) -> dict[str, Any] | None:
    """What the editor shows at the blocks of this field."""
    block = BeautifulSoup(response.content, "html.parser").find(id=field, attrs={"data-block": True})
    return json.loads(block["data-w-block-arguments-value"])[1]


def opened(client: Client, page: StepPlanPage) -> Any:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


LOOP = [step("Begin"), choice("Kies", ("Rond", "Begin"), ("Klaar", "Beginnen"))]


def test_staff_build_a_plan_and_send_it_in(editor: Client) -> None:
    response = add(editor, form(**{"action-submit": "1"}))

    page = StepPlanPage.objects.get()
    assert response.status_code == 302
    assert page.current_workflow_state.status == "in_progress"
    plan = page.get_latest_revision_as_object().draft.plan()
    assert [step.key for step in plan.steps][:2] == ["noem-het-doel", "kies-een-manier"]
    assert [option.target for option in plan.steps[1].options] == ["regel-de-techniek", "maak-afspraken", "stoppen"]


def test_draft_with_a_loop_is_saved_and_warned_of_at_the_option(editor: Client) -> None:
    assert add(editor, form(LOOP)).status_code == 302

    response = opened(editor, StepPlanPage.objects.get())
    errors = shown_errors(response, "steps")
    message = errors["blockErrors"]["1"]["blockErrors"]["options"]["blockErrors"]["0"]["blockErrors"]["target"]
    assert "springt terug naar “Begin”" in message["messages"][0]
    assert "Niemand komt ooit bij het einde “Stoppen”" in json.dumps(shown_errors(response, "ends"), ensure_ascii=False)
    assert "Dit plan kan nog niet op de site." in response.content.decode()


def test_plan_with_a_loop_is_not_sent_in(editor: Client) -> None:
    response = add(editor, form(LOOP, **{"action-submit": "1"}))

    assert response.status_code == 200
    assert "springt terug naar" in json.dumps(shown_errors(response, "steps"), ensure_ascii=False)
    assert not StepPlanPage.objects.exists()


@pytest.mark.parametrize(
    ("steps", "ends", "sentence"),
    [
        (LOOP, ENDS, "springt terug naar “Begin”"),
        ([step("A", target="Beginnen"), step("B", target="Stoppen")], ENDS, "Niemand komt ooit bij “B”"),
        ([step("A"), step("B")], ENDS, "“B” loopt dood: hierna komt niets."),
        ([step("A"), step("B", target="Nergens")], ENDS, "geen stap of einde met de naam “Nergens”"),
        ([step("A"), step("A", target="Stoppen")], ENDS, "Er is al een stap of einde met deze naam"),
        (STEPS, [end("Beginnen"), end("Stoppen")], "nog geen einde met de uitkomst “Niet kansrijk”"),
        (STEPS, [*ENDS, end("Extra")], "Niemand komt ooit bij het einde “Extra”"),
        ([choice("A", ("Een", "Beginnen"))] * 2, ENDS, "Hier staan minstens 2 onderdelen."),
        ([choice("A", *[(str(n), "Beginnen") for n in range(5)]), STEPS[3]], ENDS, "Hier staan hooguit 4 onderdelen."),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(editor: Client, steps: Any, ends: Any, sentence: str) -> None:
    response = add(editor, form(steps, ends, **{"action-submit": "1"}))

    shown = json.dumps([shown_errors(response, "steps"), shown_errors(response, "ends")], ensure_ascii=False)
    assert sentence in shown


def test_unfinished_draft_opens_again(editor: Client) -> None:
    steps = [("choice", {**choice("")[1], "question": "", "options": []})]
    assert add(editor, form(steps, [])).status_code == 302

    assert "loopt dood: er staan nog geen antwoorden bij" in json.dumps(
        shown_errors(opened(editor, StepPlanPage.objects.get()), "steps"), ensure_ascii=False
    )


def test_plan_that_got_loose_ends_later_is_not_published(page: StepPlanPage) -> None:
    assert complete.problems(page) == {}

    page.steps = LOOP
    assert "springt terug" in complete.sentence(page)


def test_jump_finds_a_step_by_name_or_by_address(db: None) -> None:
    by_name = make_plan(steps=[step("Één & twee!"), choice("Kies", ("a", "BEGINNEN "), ("b", "Stoppen"))])
    assert by_name.draft.problems() == []

    steps = [choice("Kies", ("a", "kort"), ("b", "Stoppen")), step("Een lange naam", key="kort", target="Beginnen")]
    assert make_plan(steps=steps, slug="twee").draft.plan().steps[1].key == "kort"


def test_names_without_letters_get_an_address(db: None) -> None:
    plan = make_plan(steps=[step("😀"), choice("!!!", ("a", "Beginnen"), ("b", "Stoppen"))]).draft.plan()

    assert [step.key for step in plan.steps] == ["stap-1", "stap-2"]


def test_drawing_shows_every_way(page: StepPlanPage) -> None:
    drawing = Drawing(page.draft)

    assert [row.number for row in drawing.rows] == ["1", "2", "3", "4", "A", "B"]
    assert drawing.rows[1].jumps == [
        ("Beeldbellen", "3. Regel de techniek"),
        ("Chatten", "4. Maak afspraken"),
        ("Niets", "B. Stoppen"),
    ]
    assert len(drawing.lines) == 6
    assert not any(line.is_back for line in drawing.lines)
    assert all(re.fullmatch(r"[MVHQ\d\s.-]+", line.path) for line in drawing.lines)


def test_drawing_marks_what_leads_back(db: None) -> None:
    page = make_plan(steps=LOOP)

    assert [line.is_back for line in Drawing(page.draft).lines] == [False, True, False]


def test_overview_stands_in_the_editor_with_the_same_in_words(editor: Client, page: StepPlanPage) -> None:
    response = opened(editor, page).content.decode()

    assert "Overzicht van het plan" in response
    assert "Elke weg door dit plan komt bij een einde." in response
    assert "“Chatten” → 4. Maak afspraken" in response


def test_names_of_steps_cannot_break_the_drawing(editor: Client, db: None) -> None:
    page = make_plan(steps=[step('"><script>x</script>'), *STEPS[1:]])

    assert "<script>x</script>" not in opened(editor, page).content.decode()


def test_empty_draft_has_no_problems() -> None:
    assert Draft("", [], []).problems() == []


def test_editor_gets_the_list_of_names(editor: Client, page: StepPlanPage) -> None:
    assert "knowledgebase/jumps.js" in opened(editor, page).content.decode()
