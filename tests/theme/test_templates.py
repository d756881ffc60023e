"""Rules that hold for every template and for what a page loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOTS = ["site", "groupspace", "knowledgebase", "intervision"]
TEMPLATES = sorted(path for root in ROOTS for path in Path(root).rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": r"<style\b|\sstyle\s*=",
    "inline script": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "javascript: address": r"javascript:",
    "something from elsewhere": r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
    "unescaped output": r"\|\s*safe\b|{%\s*autoescape off",
}


def fetches_nothing(path: Path) -> bool:
    """Whether it cannot fetch a style sheet: a letter, or the page for when there is no internet.

    No policy of ours reaches a mail program; that page has a policy of its own, with the hash of its style.
    """
    return path.parent.name == "mail" or path.match("push/offline.html")


def test_templates_are_found():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_templates_hold_no(rule):
    found = [
        str(path)
        for path in TEMPLATES
        if re.search(FORBIDDEN[rule], path.read_text(), re.IGNORECASE)
        and not (rule == "inline style" and fetches_nothing(path))
    ]

    assert found == []


#: Only on the page of the style guide, in the CMS, and on the page of a coordinator.
NOT_ON_PAGES = {"styleguide.css", "register.css", "stacked.css"}


def test_page_weighs_less_than_60_kb():
    files = ["groupspace/static/groupspace", "site/theme/static/theme"]
    loaded = [path for root in files for path in Path(root).rglob("*") if path.suffix in {".css", ".js"}]
    weight = sum(path.stat().st_size for path in loaded if path.name not in NOT_ON_PAGES)

    assert weight < 47_000


def test_stylesheets_ask_for_nothing_from_elsewhere():
    sheets = [path for root in ROOTS for path in Path(root).rglob("static/**/*.css")]

    assert [str(path) for path in sheets if re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", path.read_text())] == []
