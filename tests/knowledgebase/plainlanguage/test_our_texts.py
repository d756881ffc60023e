"""All texts of ours keep the rules that editors are held to: what the site says itself, the demo and the manuals.

What is asked of each is written down in docs/plain-language.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.management.commands.messages import catalogues
from knowledgebase.plainlanguage import advice, words
from knowledgebase.plainlanguage.rules import Level, Report, Text, report
from tests.fixtures.plain_language import texts
from tests.test_translations import entries

ROOT = Path(__file__).parents[3]
CATALOGUES = [pytest.param(path, id=name.partition("/locale")[0]) for name, path in catalogues(ROOT)]
DEMO = sorted((ROOT / "fixtures" / "demo").glob("**/*.json"))
MANUALS = sorted((ROOT / "docs").glob("handleiding-*.md"))
#: Who does this work may be addressed in the words of the trade; sentences stay as short as everywhere.
TRADE = {"professionals", "organisations"}
TRADE_RULES = {"difficult_words", "long_words"}


def glossary() -> dict[str, str]:
    """The plain alternatives of the glossary of the demo."""
    found = {}
    for path in (ROOT / "fixtures" / "demo" / "snippets").glob("*.json"):
        for entry in json.loads(path.read_text()):
            if entry.get("plain_alternative"):
                found[entry["term"].lower()] = entry["plain_alternative"]
    return found


DIFFICULT = {**words.difficult(), **glossary()}


def held(said: list[str]) -> tuple[Report, str]:
    """What the rules say of texts as one whole, and the same for a person who has to mend it."""
    whole = [Text(text) for text in said]
    found = report(whole, DIFFICULT, words.everyday())
    spots = [f"{spot.excerpt} {spot.note}".strip() for part in advice.parts(found, whole) for spot in part.spots]
    return found, "\n".join([advice.verdict(found), *spots])


def wholes(data: Any) -> Iterator[Any]:
    """What a reader sees as one whole in a file of the demo: a page, a term, a group, a menu."""
    if isinstance(data, list):
        yield from data
    else:
        for value in data.values():
            yield from wholes(value) if isinstance(value, list) else [value]


def name_of(whole: Any) -> str:
    names = ("title", "name", "term", "label", "slug")
    return next((whole[name] for name in names if name in whole), "") if isinstance(whole, dict) else str(whole)


@pytest.mark.parametrize("path", CATALOGUES)
def test_interface_has_no_long_sentence_and_no_difficult_word(path: Path) -> None:
    broken = []
    for entry in entries(path):
        for text in entry.dutch:
            found, why = held([text])
            if found.long_sentences or found.difficult_words:
                broken.append(why)

    assert not broken, "\n\n".join(broken)


@pytest.mark.parametrize("path", CATALOGUES)
def test_interface_as_a_whole_is_good_to_read(path: Path) -> None:
    found, why = held([text for entry in entries(path) for text in entry.dutch])

    assert found.level is Level.GOOD, why


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_everything_in_the_demo_is_good_to_read(path: Path) -> None:
    broken = []
    for whole in wholes(json.loads(path.read_text())):
        found, why = held(list(texts(whole)))
        allowed = TRADE_RULES if isinstance(whole, dict) and whole.get("audience") in TRADE else set()
        if set(found.reasons) - allowed:
            broken.append(f"{name_of(whole)}: {why}")

    assert not broken, "\n\n".join(broken)


@pytest.mark.parametrize("path", MANUALS, ids=lambda path: path.stem)
def test_manuals_are_good_to_read(path: Path) -> None:
    found, why = held([line.strip("#|-* ") for line in path.read_text().splitlines()])

    assert found.level is Level.GOOD, why


def test_a_difficult_text_would_be_noticed() -> None:
    found, why = held(["Teneinde dit te realiseren."])

    assert found.reasons == ["difficult_words"]
    assert "teneinde liever: om" in why


def test_texts_of_a_page_are_found_wherever_they_stand() -> None:
    page = {
        "type": "knowledgebase.TopicPage",
        "title": "Titel hier",
        "what": [["text", "Een alinea."], ["step", {"title": "Doe iets", "text": "Klein."}]],
        "sources": [["source", {"title": "Title of a Study", "publisher": "Uitgever", "year": "2020"}]],
        "tags": ["woord"],
    }

    assert list(texts(page)) == ["Titel hier", "Een alinea.", "Doe iets", "Klein."]
