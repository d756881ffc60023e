"""Our own lists: difficult words with what to write instead, and long words that everybody knows."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def difficult() -> dict[str, str]:
    """Difficult words and turns of phrase in lower case, each with plain words for it."""
    found = {}
    with (HERE / "difficult_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in (row["word"], *filter(None, row["forms"].split("|"))):
                found[form] = row["alternative"]
    return found


@cache
def everyday() -> frozenset[str]:
    """Long words that need no other word, in lower case."""
    return frozenset((HERE / "everyday_words.txt").read_text(encoding="utf-8").split())
