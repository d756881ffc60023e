"""The plan document: on the screen and as a PDF, and different choices give different documents."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client, RequestFactory
from django.utils import timezone

from knowledgebase import pdf as pdf_module
from knowledgebase.stepplans import handreiking
from knowledgebase.stepplans.models import StepPlanPage, Walk
from tests.tools.system import missing_packages

from .plans import address, answer, begin, finish, soup, walk_to_end, words

pytestmark = pytest.mark.django_db


def document(client: Client, walk: Walk) -> str:
    return words(client.get(address("document", walk.pk)))


def test_document_holds_choices_reasons_and_agreements(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, "2", reason="Onze mensen typen graag.")
    finish(visitor, walk)

    text = document(visitor, walk)
    for part in (
        "Plan Zuid",
        "Uitkomst: Kansrijk Beginnen",
        "De teamleider",
        "23 november 2026",
        "22 februari 2027",
        "Onze keuze: Chatten",
        "Gevolg: Gevolg van Chatten.",
        "Kansrijk bij ons",
        "Onze mensen typen graag.",
        "Welk doel heb je? Samen eten.",
        "Is er al: Factor 1",
        "Nog te regelen: Factor 2",
        "Nog niet genomen",
    ):
        assert part in text
    assert "Regel de techniek" not in text


def test_document_of_what_is_not_promising_is_as_good(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, "3", reason="Te weinig tijd.")
    finish(visitor, walk)

    text = document(visitor, walk)
    assert "Uitkomst: Niet kansrijk Stoppen" in text
    assert "Te weinig tijd." in text
    assert "Elke dinsdag." not in text


def test_document_before_the_last_screen_says_what_is_open(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, reason="")

    text = document(visitor, walk)
    assert "Nog niet gekozen" in text
    assert "Nog geen reden opgeschreven." in text


def test_document_is_private(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    response = visitor.get(address("document", walk.pk))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert soup(response).title.get_text().startswith("Stappenplan")


pango = pytest.mark.skipif(bool(missing_packages("libpango-1.0-0")), reason="Pango is missing")


def as_pdf(client: Client, walk: Walk) -> Any:
    response = client.get(address("pdf", walk.pk))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment")
    return pytest.importorskip("pypdf").PdfReader(BytesIO(response.content))


def text_of(reader: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pango
def test_two_walks_give_two_different_pdfs(page: StepPlanPage) -> None:
    found = []
    for option, reason in (("1", "Wij willen elkaar zien."), ("3", "Wij hebben geen tijd.")):
        client = Client()
        walk = begin(client, page)
        walk_to_end(client, walk, option, reason)
        finish(client, walk)
        found.append(text_of(as_pdf(client, walk)))

    video, nothing = found
    assert "Wij willen elkaar zien." in video
    assert "Regel de techniek" in video
    assert "Uitkomst: Kansrijk" in video
    assert "Wij hebben geen tijd." in nothing
    assert "Regel de techniek" not in nothing
    assert "Uitkomst: Niet kansrijk" in nothing


@pango
def test_pdf_is_made_for_screen_readers(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    finish(visitor, walk)
    reader = as_pdf(visitor, walk)
    root = reader.trailer["/Root"]

    assert root["/Lang"].startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Plan Zuid"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


@pango
def test_long_and_odd_texts_fit_in_the_pdf(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, reason="A" * 2000 + " <img src=https://example.org/x.png> " + "é ع " * 200)
    finish(visitor, walk)

    text = text_of(as_pdf(visitor, walk)).replace(" ", "")
    assert "<imgsrc=https://example.org/x.png>" in text
    assert "A" * 40 in text


def test_without_pango_a_page_says_that_printing_works(
    visitor: Client, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Any:
        raise pdf_module.PdfUnavailable

    monkeypatch.setattr(pdf_module, "load", missing)
    walk_to_end(visitor, walk)
    response = visitor.get(address("pdf", walk.pk))

    assert response.status_code == 503
    assert "Afdrukken" in words(response)


def test_plan_is_a_chapter_of_the_handreiking_for_who_may_open_it(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, reason="Onze reden.")
    finish(visitor, walk)
    note = handreiking.SIGNER.sign(str(walk.pk))

    part = handreiking.chapter(RequestFactory().get("/", {"plan": note}))
    assert "Plan Zuid" in part.title
    assert "Onze reden." in part.html
    assert not re.search("<h[12]", part.html)


@pytest.mark.parametrize("note", ["", "x", "{pk}", "{pk}:x:y"])
def test_handreiking_gives_nothing_without_a_note_of_ours(visitor: Client, walk: Walk, note: str) -> None:
    walk_to_end(visitor, walk)

    assert handreiking.chapter(RequestFactory().get("/", {"plan": note.format(pk=walk.pk)})) is None


def test_note_for_the_handreiking_is_worth_nothing_after_an_hour(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    note = handreiking.SIGNER.sign(str(walk.pk))
    with time_machine.travel(timezone.now() + handreiking.LASTS * 2):
        assert handreiking.chapter(RequestFactory().get("/", {"plan": note})) is None
    foreign = signing.TimestampSigner(salt="other").sign(str(walk.pk))
    assert handreiking.chapter(RequestFactory().get("/", {"plan": foreign})) is None


def test_unfinished_plan_is_no_chapter(visitor: Client, walk: Walk) -> None:
    answer(visitor, walk, "noem-het-doel")

    assert handreiking.chapter(RequestFactory().get("/", {"plan": handreiking.SIGNER.sign(str(walk.pk))})) is None
