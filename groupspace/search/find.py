"""Finding what holds the words that somebody types, newest first."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from groupspace.kinds import all_kinds
from groupspace.models import MutedWords
from groupspace.reading import ForReader, within
from groupspace.search.index import kind_mark, space_mark
from groupspace.search.models import Entry
from groupspace.search.words import LONGEST, TOKEN, fold, root_in_force, roots

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor

MOST_WORDS = 8
PER_PAGE = 20
EXCERPT = 220

#: After the number of every entry there will ever be.
LAST = 2**62

# Joined and in its own order, SQLite's index is read from its newest row on, and no further than the page.
_IN_INDEX: dict[str, dict[str, Any]] = {
    "sqlite": {
        "tables": ["groupspace_search_words"],
        "where": ["groupspace_search_entry.id = +groupspace_search_words.rowid AND groupspace_search_words MATCH %s"],
        "order_by": ["-groupspace_search_words.rowid"],
    },
    "postgresql": {
        "where": ["groupspace_search_entry.lexemes @@ %s::tsquery"],
        "order_by": ["-groupspace_search_entry.id"],
    },
}


def find(
    actor: Actor, question: str, *, spaces: Collection[UUID], kind: str = "", before: int | None = None
) -> list[Any]:
    """What this actor may read that holds all words of the question, newest first; one more than a page shows.

    Args:
        spaces: where to look, of those that the actor is in.
        kind: the slug of one kind; empty for all.
        before: only what has a lower number than this.

    Each has `muted`: the words of this reader in its space, see `groupspace.folds`.
    """
    words = list(dict.fromkeys(roots(question)))[:MOST_WORDS]
    if not words or not spaces:
        return []
    return list(_found.objects(within(actor, spaces), _expression(words, spaces, kind), before or LAST))


def _ask(reader: Actor, expression: str, before: int) -> QuerySet[Any]:
    mine = [access.membership_id for access in reader.spaces.values()]
    muted = MutedWords.objects.filter(membership__in=mine, membership__space=OuterRef("space")).values("words")
    found = Entry.objects.visible_to(reader).filter(pk__lt=before).with_author().defer("words")
    found = found.filter(_open_to(reader)).annotate(
        muted=Coalesce(Subquery(muted), Value(""), output_field=TextField())
    )
    return found.extra(**_IN_INDEX[connection.vendor], params=[expression])[: PER_PAGE + 1]


def _open_to(reader: Actor) -> Q:
    """What everybody reads who reads the item; and of what is guarded, what its kind opens to this reader."""
    opened = Q(guarded=False)
    for kind in all_kinds():
        if (parts := kind.guarded_parts(reader)) is not None:
            opened |= Q(part_id__in=parts.values("pk"), kind=kind.slug)
    return opened


_found = ForReader(_ask, uneven=True)


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
    starts = tuple(word for word in wanted if len(word) > 2)
    root, spots = root_in_force(), list[tuple[int, int]]()
    for match in TOKEN.finditer(text):
        if spots and match.end() > spots[0][0] + EXCERPT:
            break
        word = fold(match[0])
        if word.startswith(starts) or root(word[:LONGEST]) in wanted:
            spots.append(match.span())
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
