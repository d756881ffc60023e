"""What to offer when the words are not there: another spelling, of a word that stands on a public page."""

from __future__ import annotations

from difflib import SequenceMatcher

from .find import Answer, find
from .shelf import Shelf
from .words import TOKEN, fold

ALIKE = 0.72
NEAREST = 12
SHORTEST = 4


def did_you_mean(shelf: Shelf, question: str, answer: Answer) -> str:
    """The question in another spelling for which there is more to read; empty when there is none."""
    spelled = {word: near for word in answer.unknown if (near := _nearest(shelf, word))}
    if not spelled:
        return ""
    other = TOKEN.sub(lambda match: spelled.get(fold(match[0]), match[0]), question)
    found = find(shelf, other)
    return other if found.pages and len(found.unknown) < len(answer.unknown) else ""


def _nearest(shelf: Shelf, word: str) -> str:
    """The known word that looks most like this one: first by pairs of letters, which is quick, then by each letter."""
    if len(word) < SHORTEST:
        return ""
    pairs = _pairs(word)
    near = sorted(
        (known for known in shelf.spellings if abs(len(known) - len(word)) <= 2 and _begin_alike(known, word)),
        key=lambda known: (-len(pairs & _pairs(known)), abs(len(known) - len(word)), known),
    )[:NEAREST]
    rated = [(SequenceMatcher(None, word, known).ratio(), known) for known in near]
    ratio, best = max(rated, default=(0.0, ""))
    return shelf.spellings[best] if ratio >= ALIKE else ""


def _begin_alike(known: str, word: str) -> bool:
    """Whether one of the first two letters is the same, also when they changed places: it is seldom both are wrong."""
    return len(known) >= SHORTEST and bool({known[0], known[1]} & {word[0], word[1]})


def _pairs(word: str) -> set[str]:
    return {word[place : place + 2] for place in range(len(word) - 1)} | {f"^{word[0]}"}
