"""Text that a search can be measured with: Dutch words as often as in the demo, and a long tail of rare ones."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings

RARE = 20_000
SHARE_OF_RARE = 0.05
SENTENCES = 5


class Text:
    """Makes sentences, titles and posts."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        counted = Counter(_demo_words())
        known = list(counted)
        long = [word for word in known if len(word) > 4]
        # Dutch makes new words by writing two as one; most of them occur once or twice.
        rare = ["".join(dice.choices(long, k=2)) for _number in range(RARE)]
        each = SHARE_OF_RARE * counted.total() / RARE
        self._words = known + rare
        self._spread = list(itertools.accumulate([*map(float, counted.values()), *itertools.repeat(each, RARE)]))

    def some(self, count: int) -> str:
        """So many words."""
        return " ".join(self._dice.choices(self._words, cum_weights=self._spread, k=count))

    def sentence(self) -> str:
        """A sentence."""
        return f"{self.some(self._dice.randint(6, 15)).capitalize()}."

    def post(self) -> str:
        """Clean HTML: two paragraphs, and a word with emphasis."""
        first, *others = (self.sentence() for _number in range(SENTENCES))
        return f"<p>{first} <strong>{self.some(1)}</strong>.</p><p>{' '.join(others)}</p>"


def _demo_words() -> Iterator[str]:
    for path in sorted((settings.REPO_DIR / "fixtures" / "demo").rglob("*.json")):
        for text in _strings(json.loads(path.read_text(encoding="utf-8"))):
            yield from re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|\S+@\S+|https?:\S+", " ", text).lower())


def _strings(value: Any) -> Iterator[str]:
    """All running text in what a JSON file holds: names and codes have no space."""
    if isinstance(value, str):
        yield from [value] if " " in value else []
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
