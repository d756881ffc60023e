"""The demo: a scan that may go online, and one with invented answers that shows what is hidden."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from home.content.filler import Filler
from home.setup import ensure_home
from knowledgebase import complete
from knowledgebase.quickscan import demo
from knowledgebase.quickscan.models import Outcome, Response

from .scans import words

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
PAGES = json.loads((DEMO / "pages" / "55-quickscan.json").read_text(encoding="utf-8"))
DATA: dict[str, Any] = json.loads((DEMO / "quickscans.json").read_text(encoding="utf-8"))


def load_page(entry: dict[str, Any]) -> Any:
    home = ensure_home()
    page = apps.get_model(entry["type"])(slug=entry["slug"], live=True)
    fields = {name: value for name, value in entry.items() if name not in ("parent", "type", "slug")}
    Filler({"home": home}).fill(page, fields)
    return home.add_child(instance=page)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry["slug"])
def test_demo_scans_may_go_online(entry: dict[str, Any]) -> None:
    page = load_page(entry)

    assert complete.problems(page) == {}
    assert page.scan
    assert "Dit is een voorbeeldtekst." in page.summary


@pytest.mark.django_db
def test_demo_has_answers_of_which_some_are_hidden() -> None:
    page = load_page(PAGES[0])
    assert page.open_until == timezone.localdate() - timedelta(days=5)

    demo.load(DATA)
    demo.load(DATA)

    assert Response.objects.count() == 24
    counts = [count for each in Outcome.objects.get().content["questions"] for _label, count in each["cells"]]
    assert None in counts
    assert any(counts)
    text = words(Client().get(page.url))
    assert "Ongeveer 25 organisaties deden mee." in text
    assert not any(words and words in text for one in DATA["scans"][0]["answers"] for words in (one.get("nog-iets"),))

    demo.purge(DATA)
    assert not Response.objects.exists()
    assert not Outcome.objects.exists()
