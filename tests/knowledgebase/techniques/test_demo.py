"""The demo: eight themes that may go online, and two organisations that write one of them together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knowledgebase.techniques import demo
from knowledgebase.techniques.blocks import EVIDENCE_KINDS, FEWEST_EXAMPLES, MOST_EXAMPLES, OUTCOMES
from knowledgebase.techniques.models import Contributor, Remark, TechniqueIndexPage, Vote
from knowledgebase.techniques.sections import LABELS

from .themes import make_theme

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"


def read(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def themes() -> list[dict[str, Any]]:
    return [page for page in read("pages/50-technieken.json") if page["type"].endswith("TechniquePage")]


def test_demo_has_eight_complete_themes() -> None:
    assert len(themes()) == 8
    for theme in themes():
        assert FEWEST_EXAMPLES <= len(theme["examples"]) <= MOST_EXAMPLES, theme["slug"]
        for _kind, example in theme["examples"]:
            assert "(fictief)" in example["place"]
            assert example["outcome"] in dict(OUTCOMES)
            assert example["evidence"]
            for _block, proof in example["evidence"]:
                assert proof["kind"] in dict(EVIDENCE_KINDS)
                assert "(fictief)" in proof["source"]


def test_demo_shows_both_outcomes_in_every_theme() -> None:
    for theme in themes():
        assert {"promising", "not_promising"} <= {example["outcome"] for _kind, example in theme["examples"]}


def test_demo_uses_only_goals_that_it_has() -> None:
    goals = {goal["slug"] for goal in read("snippets/50-doelen.json")}

    assert {goal for theme in themes() for goal in theme["goals"]} <= goals


@pytest.mark.django_db
def test_demo_lets_two_organisations_write_together(index: TechniqueIndexPage, person: Callable[[str], Client]) -> None:
    data = read("techniques.json")
    slug = data["together"][0]["page"]
    theme = make_theme(index, slug.replace("-", " "))
    assert theme.slug == slug
    for account in ("demo-begeleider", "demo-professional"):
        person(account)

    demo.load(data)
    demo.load(data)

    assert Contributor.objects.count() == 2
    assert Remark.objects.count() == 4
    assert Vote.objects.count() == 2
    assert {remark.section for remark in Remark.objects.all()} <= LABELS.keys()

    demo.purge(data)
    assert not Remark.objects.exists()
