"""Building a quick scan in the CMS: a draft may be unfinished, and the editor says what is wrong at the question."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.setup import ensure_home
from knowledgebase import complete
from knowledgebase.quickscan.models import QuickScanPage
from knowledgebase.quickscan.structure import Draft, load
from tests.knowledgebase.pages import SHARED_FIELDS

from .scans import QUESTIONS, make_scan, question, skip


def posted(block: tuple[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A block as the editor's form sends it."""
    kind, value = block
    value = {name: part for name, part in value.items() if name != "required" or part}
    for name in ("options", "skips"):
        if name in value:
            value[name] = streamfield(value[name])
    return kind, value


def form(questions: Any = QUESTIONS, **changes: Any) -> dict[str, Any]:
    fields = {
        **SHARED_FIELDS,
        "title": "Wat heb je nodig?",
        "slug": "scan",
        "summary": "Vertel wat je nodig hebt.",
        "checked_on": "2026-11-01",
        "entrance": "code",
        "open_until": "2027-01-31",
        "keep_months": "6",
        "questions": streamfield([posted(block) for block in questions]),
    }
    return {**nested_form_data(fields), **changes}


def add(client: Client, data: dict[str, Any]) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["knowledgebase_quickscan", "quickscanpage", ensure_home().pk])
    return client.post(url, data)


def shown_errors(response: Any) -> str:
    """What the editor shows at the questions."""
    block = BeautifulSoup(response.content, "html.parser").find(id="questions", attrs={"data-block": True})
    return json.dumps(json.loads(block["data-w-block-arguments-value"])[1], ensure_ascii=False)


BACK = [question("choice", "A", ("Ja", "B"), "Nee"), question("choice", "B", ("Terug", "A"), "Verder")]


@pytest.mark.django_db
def test_staff_build_a_scan_and_send_it_in(editor: Client) -> None:
    response = add(editor, form(**{"action-submit": "1"}))

    page = QuickScanPage.objects.get()
    assert response.status_code == 302
    assert page.current_workflow_state.status == "in_progress"
    scan = page.get_latest_revision_as_object().scan
    keys = [each.key for each in scan.questions]
    assert keys == ["soort-organisatie", "provincie", "hulp", "vormen", "waarom", "steun", "klaar", "slot"]
    assert [option.target for option in scan.question("hulp").options] == ["", "waarom"]
    assert [option.target for option in scan.question("klaar").options] == ["", "", "", "", "einde"]
    assert scan.question("slot").target == "einde"
    assert load(scan.dump()) == scan


@pytest.mark.django_db
def test_unfinished_draft_is_saved_and_warned_of_at_the_answer(editor: Client) -> None:
    data = form(BACK, open_until="")
    assert add(editor, data).status_code == 302

    page = QuickScanPage.objects.get()
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    block = BeautifulSoup(response.content, "html.parser").find(id="questions", attrs={"data-block": True})
    errors = json.loads(block["data-w-block-arguments-value"])[1]
    at_answer = errors["blockErrors"]["1"]["blockErrors"]["options"]["blockErrors"]["0"]["blockErrors"]["target"]
    assert "springt terug naar “A”" in at_answer["messages"][0]
    assert "knowledgebase/jumps.js" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        (BACK, "Dit springt terug naar “A”"),
        ([question("text", "A", target="A")], "Dit springt terug naar “A”"),
        ([question("choice", "A", ("Ja", "Nergens"), "Nee")], "geen vraag met de naam “Nergens”"),
        ([question("text", "A", target="Einde"), question("text", "B")], "Niemand komt ooit bij “B”"),
        ([question("choice", "A", ("Ja", "C"), ("Nee", "Einde")), question("text", "B"), question("text", "C")], "“B”"),
        ([question("text", "A"), question("text", "A")], "De naam “A” is al bezet"),
        ([question("text", "Einde")], "De naam “Einde” is al bezet"),
        ([question("text", "Provincie")], "De naam “Provincie” is al bezet"),
        ([question("choice", "A", "Ja", "Ja")], "Dit staat er al."),
        ([question("scale", "A", skips=[skip("1", "Einde"), skip("1", "Einde")])], "Dit staat er al."),
        ([question("choice", "A", "Ja")], "Hier staan minstens 2 onderdelen."),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(editor: Client, questions: Any, sentence: str) -> None:
    response = add(editor, form(questions, **{"action-submit": "1"}))

    assert response.status_code == 200
    assert sentence in shown_errors(response)
    assert not QuickScanPage.objects.exists()


@pytest.mark.django_db
def test_scan_without_an_end_date_is_not_sent_in(editor: Client) -> None:
    assert add(editor, form(open_until="", **{"action-submit": "1"})).status_code == 200
    assert not QuickScanPage.objects.exists()


@pytest.mark.django_db
def test_scan_that_got_loose_ends_later_is_not_published(page: QuickScanPage) -> None:
    assert complete.problems(page) == {}

    page.questions = BACK
    assert "springt terug" in complete.sentence(page)
    assert page.scan is None


@pytest.mark.django_db
def test_several_jumps_over_a_question_leave_it_reachable_when_it_may_be_skipped() -> None:
    page = make_scan(
        questions=[
            question("choices", "A", ("Ja", "C"), ("Nee", "C"), required=False),
            question("text", "B"),
            question("text", "C"),
        ]
    )

    assert page.draft.problems() == []


NAMES = ["A", "B", "C", "D", "E", "Einde", "Nergens", ""]


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(NAMES)),
        min_size=1,
        max_size=5,
    )
)
def test_scan_without_problems_always_ends(rows: list[tuple[bool, str, str, str]]) -> None:
    blocks = QuickScanPage._meta.get_field("questions").stream_block
    value = blocks.to_python(
        [
            {
                "type": "choice",
                "value": {
                    "name": NAMES[place],
                    "question": "?",
                    "key": "",
                    "required": required,
                    "target": target,
                    "options": [
                        {"type": "option", "value": {"label": "Ja", "target": yes}},
                        {"type": "option", "value": {"label": "Nee", "target": no}},
                    ],
                },
            }
            for place, (required, target, yes, no) in enumerate(rows)
        ]
    )
    draft = Draft("", value)
    if draft.problems():
        return
    scan = draft.scan()
    fixed = {"soort-organisatie": ["welfare"], "provincie": ["utrecht"]}
    passed = set()
    for chosen in (["ja"], ["nee"]):
        way, is_complete = scan.way({**fixed, **{question.key: chosen for question in scan.questions[2:]}})
        assert is_complete
        assert len(way) <= 1 + scan.most_left(scan.questions[0])
        assert scan.asked_of_all <= {question.key for question in way}
        passed |= {question.key for question in way}
    assert fixed.keys() <= passed
