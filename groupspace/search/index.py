"""Putting texts into the index and taking them out. Called by the actions of kinds, in their transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from groupspace.kinds import kind_of
from groupspace.search.models import Entry
from groupspace.search.words import roots

if TYPE_CHECKING:
    from groupspace.models import Membership, SpaceContent


def put(
    item: SpaceContent, text: str, *, at: datetime, part_id: UUID | None = None, author_id: UUID | None = None
) -> None:
    """Let a text be found, or its new version, see `entry`; nothing of an item that waits (`groupspace.held`)."""
    if item.held_at is None:
        keep(entry(item, text, at=at, part_id=part_id, author_id=author_id))


def entry(
    item: SpaceContent,
    text: str,
    *,
    at: datetime,
    part_id: UUID | None = None,
    author_id: UUID | None = None,
    note: str = "",
    guarded: bool = False,
) -> Entry:
    """What the index holds of a text, not yet kept.

    Args:
        text: plain text, with the title of the item in front when it is the item itself.
        part_id: the post or comment in the item; empty for the item itself.
        author_id: who wrote it; the author of the item when empty.
        note: the warning before it; then the words are found and not shown.
        guarded: only those find it to whom the kind opens this part.
    """
    kind = kind_of(type(item)).slug
    marks = (space_mark(item.space_id), kind_mark(kind))
    return Entry(
        space_id=item.space_id,
        author_id=author_id or item.author_id,
        audience=item.audience,
        kind=kind,
        item_id=item.pk,
        part_id=part_id or item.pk,
        text=text,
        note=note,
        guarded=guarded,
        words=" ".join((*marks, *roots(text))),
        at=at,
    )


def keep(found: Entry) -> None:
    """Keep an entry, in one statement, whether it is there already or not: every post comes along here."""
    Entry.objects.bulk_create(
        [found],
        update_conflicts=True,
        unique_fields=["part_id"],
        update_fields=["author", "audience", "text", "note", "guarded", "words", "at"],
    )


def drop(*, item_id: UUID | None = None, part_id: UUID | None = None) -> None:
    """Let an item with all its parts, or one part, no longer be found."""
    if item_id is not None:
        Entry.objects.filter(item_id=item_id).delete()
    if part_id is not None:
        Entry.objects.filter(part_id=part_id).delete()


def drop_author(membership: Membership) -> None:
    """Let nothing of one member be found any more, as part of erasing their data."""
    Entry.objects.filter(author=membership).delete()


def change_audience(item: SpaceContent) -> None:
    """Let what can be found follow who may read the item."""
    Entry.objects.filter(item_id=item.pk).update(audience=item.audience)


def tidy() -> None:
    """Let SQLite forget the words of what is gone; PostgreSQL does so by itself. A daily job."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO groupspace_search_words(groupspace_search_words) VALUES ('optimize')")


def space_mark(space_id: UUID) -> str:
    """The word that stands in all texts of a space: it lets the index itself leave out other spaces."""
    return f"spacemark{space_id.hex}"


def kind_mark(kind: str) -> str:
    """The word that stands in all texts of a kind."""
    return f"kindmark{kind}"
