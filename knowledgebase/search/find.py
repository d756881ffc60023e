"""Finds the pages that hold what somebody types, best first. The same on every database."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Occurrence
from .shelf import Shelf
from .words import STOP_WORDS, TOKEN, root, split

MOST_WISHES = 8
PARTS = 0.8  # what a page counts that has the parts of a joined word: “e-hulpverlening”
SYNONYM = 0.7  # and one that uses another word for the same thing

Forms = dict[str, float]


@dataclass(frozen=True)
class Wish:
    """One thing that somebody looks for: a page must hold all words of one of the alternatives.

    Attributes:
        typed: the words that stand for it in the question, folded.
        alternatives: (what it counts, the forms of each of its words).
    """

    typed: tuple[str, ...]
    alternatives: list[tuple[float, list[Forms]]]

    @property
    def forms(self) -> set[str]:
        return {form for _factor, places in self.alternatives for forms in places for form in forms}


@dataclass
class Answer:
    """What was found.

    Attributes:
        pages: primary keys, best first.
        complete: whether each page holds everything that was asked for; else they hold most of it.
        marks: the folded words to light up.
        unknown: what stands on no page at all.
    """

    pages: list[int] = field(default_factory=list)
    complete: bool = True
    marks: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def find(shelf: Shelf, question: str) -> Answer:
    """The pages of this site that hold the words of a question."""
    wishes = understand(shelf, question)
    marks = set().union(*(wish.forms for wish in wishes))
    weights = _weights(shelf, marks)
    scores: dict[int, float] = defaultdict(float)
    held: Counter[int] = Counter()
    for wish in wishes:
        found = _score(wish, weights)
        rarity = math.log(1 + len(shelf.cards) / (len(found) or 1))
        held.update(found.keys())
        for page, score in found.items():
            scores[page] += rarity * score
    most = max(held.values(), default=0)
    # Cards are in the order of titles, and sorting keeps that order among pages that score the same.
    best = [page for page in shelf.cards if page in scores and held[page] == most]
    return Answer(
        pages=sorted(best, key=scores.__getitem__, reverse=True),
        complete=most == len(wishes),
        marks=marks,
        unknown=[word for wish in wishes if not wish.forms for word in wish.typed],
    )


def understand(shelf: Shelf, question: str) -> list[Wish]:
    """What somebody looks for. Common words are left out, unless there is nothing else."""
    tokens = [split(match[0]) for match in TOKEN.finditer(question)]
    tokens = [token for token in tokens if token]
    telling = [token for token in tokens if token[0] not in STOP_WORDS] or tokens
    wishes: list[Wish] = []
    while telling and len(wishes) < MOST_WISHES:
        wish, used = _next_wish(shelf, telling)
        telling = telling[used:]
        if all(wish.typed != other.typed for other in wishes):
            wishes.append(wish)
    return wishes


def _next_wish(shelf: Shelf, tokens: list[list[str]]) -> tuple[Wish, int]:
    """The wish at the beginning of these tokens, and how many of them it takes: the longest phrase that is known."""
    for length in range(min(4, len(tokens)), 1, -1):
        typed = tuple(word for token in tokens[:length] for word in token)
        if others := shelf.synonyms.get(tuple(map(root, typed))):
            return _wish(shelf, typed, [typed, *others]), length
    whole, *parts = tokens[0]
    others = shelf.synonyms.get(tuple(map(root, tokens[0])), []) + shelf.synonyms.get((root(whole),), [])
    own = [(whole,), *([tuple(parts)] if parts else [])]
    return _wish(shelf, (whole,), own + others, own=len(own)), 1


def _wish(shelf: Shelf, typed: tuple[str, ...], phrases: list[tuple[str, ...]], own: int = 1) -> Wish:
    alternatives = []
    for place, phrase in enumerate(dict.fromkeys(phrases)):
        forms = [shelf.vocabulary.forms(word, parts=place < own) for word in phrase]
        if all(forms):
            alternatives.append((SYNONYM if place >= own else PARTS if place else 1.0, forms))
    return Wish(typed, alternatives)


def _weights(shelf: Shelf, forms: Iterable[str]) -> dict[str, dict[int, int]]:
    """On which pages of this site each of these words stands, and what it counts there."""
    by_key = {shelf.vocabulary.keys[form]: form for form in forms}
    found: dict[str, dict[int, int]] = {form: {} for form in by_key.values()}
    rows = Occurrence.objects.filter(word__in=by_key).values_list("word_id", "entry_id", "weight")
    for word, page, weight in rows if by_key else ():
        if page in shelf.cards:
            found[by_key[word]][page] = weight
    return found


def _score(wish: Wish, weights: dict[str, dict[int, int]]) -> dict[int, float]:
    """The pages that grant a wish, with how well they do."""
    best: dict[int, float] = {}
    for factor, places in wish.alternatives:
        scored = [_best_form(forms, weights) for forms in places]
        found = scored[0]
        if len(scored) > 1:
            both = set(found).intersection(*scored[1:])
            found = {page: sum(place[page] for place in scored) / len(scored) for page in both}
        for page, score in found.items():
            if factor * score > best.get(page, 0):
                best[page] = factor * score
    return best


def _best_form(forms: Forms, weights: dict[str, dict[int, int]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for form, factor in forms.items():
        for page, weight in weights[form].items():
            if factor * weight > best.get(page, 0):
                best[page] = factor * weight
    return best
