"""What changed between two texts, in words. Plain text in, plain text out: whatever shows it does the escaping."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, GONE, NEW = "same", "gone", "new"
#: Comparing takes more and more time for texts that repeat themselves; above this, a part is shown as wholly new.
MOST_WORK = 60_000
#: A paragraph of which less than this part is left is a new one.
ALIKE = 0.4
#: How many paragraphs further one looks for what became of one.
MOST_NEAR = 10

_WORD = re.compile(r"\S+\s*|\s+")


class Piece(NamedTuple):
    """Some words in a row that are the same in both texts, gone from the first, or new in the second."""

    sort: str
    text: str


def compare(old: str, new: str) -> list[list[Piece]]:
    """What became of each paragraph of `old`, and what came between; paragraphs are divided by newlines."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[list[Piece]] = []
    for tag, a, b, c, d in _differences(before, after):
        if tag == "equal":
            found += [[Piece(SAME, text)] for text in before[a:b]]
            continue
        found += [_words(*pair) for pair in _pairs(before[a:b], after[c:d])]
    return found


def _pairs(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Each paragraph beside what became of it: the next one that has most of its words. Empty stands for nothing."""
    pairs: list[tuple[str, str]] = []
    told = 0
    for old in before:
        near = range(told, min(told + MOST_NEAR, len(after)))
        best = max(near, key=lambda number: _likeness(old, after[number]), default=None)
        if best is None or _likeness(old, after[best]) < ALIKE:
            pairs.append((old, ""))
            continue
        pairs += [("", new) for new in after[told:best]]
        pairs.append((old, after[best]))
        told = best + 1
    return pairs + [("", new) for new in after[told:]]


def _likeness(old: str, new: str) -> float:
    """Which part of the words of the longer paragraph stands in the other too."""
    one, other = Counter(old.split()), Counter(new.split())
    return sum((one & other).values()) / max(one.total(), other.total(), 1)


def _words(old: str, new: str) -> list[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in _differences(before, after):
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
            continue
        pieces += [Piece(GONE, "".join(before[a:b]))] if a < b else []
        pieces += [Piece(NEW, "".join(after[c:d]))] if c < d else []
    return pieces


def _differences(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The steps from one list to the other, as difflib gives them."""
    first = next((n for n, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), None)
    if first is None:
        first = min(len(before), len(after))
    rest = list(zip(reversed(before[first:]), reversed(after[first:]), strict=False))
    last = next((n for n, (x, y) in enumerate(rest) if x != y), len(rest))
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    steps = [("equal", 0, first, 0, first)] if first else []
    if _work(old, new) <= MOST_WORK:
        found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        steps += [(tag, a + first, b + first, c + first, d + first) for tag, a, b, c, d in found]
    else:
        steps.append(("replace", first, first + len(old), first, first + len(new)))
    if last:
        steps.append(("equal", len(before) - last, len(before), len(after) - last, len(after)))
    return steps


def _work(before: list[str], after: list[str]) -> int:
    """How many pairs of equal words there are: what one step of difflib looks at."""
    times = Counter(after)
    return sum(times[word] for word in before)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
