"""Finding what holds the words that somebody types, newest first."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from groupspace.search.index import kind_mark, space_mark
from groupspace.search.models import Entry
from groupspace.search.words import TOKEN, fold, roots

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor

MOST_WORDS = 8
PER_PAGE = 20
EXCERPT = 220

_IN_INDEX = {
    "sqlite": "SELECT rowid FROM groupspace_search_words WHERE groupspace_search_words MATCH %s",
    "postgresql": "SELECT id FROM groupspace_search_entry WHERE lexemes @@ %s::tsquery",
}


def find(actor: Actor, question: str, *, spaces: Collection[UUID], kind: str = "") -> QuerySet[Entry]:
    """What this actor may read that holds all words of the question, newest first.

    Args:
        spaces: where to look; the policy narrows it further.
        kind: the slug of one kind; empty for all.
    """
    words = list(dict.fromkeys(roots(question)))[:MOST_WORDS]
    if not words or not spaces:
        return Entry.objects.none()
    asked = RawSQL(_IN_INDEX[connection.vendor], [_expression(words, spaces, kind)])  # noqa: S611  words are letters and digits
    return Entry.objects.visible_to(actor).filter(pk__in=asked, space__in=spaces).order_by("-pk")


def _expression(words: list[str], spaces: Collection[UUID], kind: str) -> str:
    """The question in the language of the index. All words consist of letters and digits alone."""
    both, either, more = (" AND ", " OR ", "*") if connection.vendor == "sqlite" else (" & ", " | ", ":*")
    quote = '"{}"' if connection.vendor == "sqlite" else "'{}'"

    def one(word: str) -> str:
        return quote.format(word)

    # The last word may still be unfinished; a root can be shorter than the word that stands there.
    parts = [one(word) + (more if len(word) > 2 else "") for word in words]
    parts.append("(" + either.join(one(space_mark(pk)) for pk in sorted(spaces)) + ")")
    if kind:
        parts.append(one(kind_mark(kind)))
    return both.join(parts)


def excerpt(text: str, question: str) -> list[tuple[str, bool]]:
    """The piece of a text around the first word that was asked for, in pieces that say whether to light them up."""
    wanted = set(roots(question))
    spots = [match.span() for match in TOKEN.finditer(text) if _is_wanted(match[0], wanted)]
    start = max(spots[0][0] - EXCERPT // 3, 0) if spots else 0
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(start + EXCERPT, len(text))
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in spots:
        if first < at or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    rest = text[at:end].rstrip()
    pieces.append((f"{rest} …" if end < len(text) else rest, False))
    return [(re.sub(r"\s+", " ", piece), lit) for piece, lit in pieces if piece]


def _is_wanted(word: str, wanted: set[str]) -> bool:
    root = next(roots(word), "")
    return root in wanted or any(len(start) > 2 and fold(word).startswith(start) for start in wanted)
