"""Writing down what happened, and forgetting it with the item. Called by the actions of kinds, in their transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from groupspace.kinds import kind_of
from groupspace.models import Space
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from groupspace.models import Membership, SpaceContent


def tell(
    item: SpaceContent,
    verb: str,
    *,
    by: UUID,
    part_id: UUID | None = None,
    named: Iterable[UUID] = (),
    at: datetime | None = None,
) -> Happening | None:
    """Write down that a member did something to an item. Whoever wants to know is told after the commit, by the worker.

    Nothing is told of an item that waits for a facilitator (`groupspace.held`).

    Args:
        verb: one of the kind's `verbs`, such as "started".
        by: the membership that did it.
        part_id: the post or comment in the item.
        named: memberships that are named in it.
        at: another moment than now, for the demo and for an import: nobody is told of the past.
    """
    if item.held_at is not None:
        return None
    moment = at or timezone.now()
    kind = kind_of(type(item))
    counted = {"counted_at": moment} if kind.counts(item) else {}
    Space.objects.filter(pk=item.space_id).update(last_activity_at=moment, **counted)
    return Happening.objects.create(
        space_id=item.space_id,
        author_id=by,
        kind=kind.slug,
        verb=verb,
        item_id=item.pk,
        part_id=part_id,
        audience=item.audience,
        at=moment,
        named=[str(pk) for pk in named],
        spread_at=moment if at else None,
    )


def forget(*, item_id: UUID | None = None, part_id: UUID | None = None) -> None:
    """Take what happened to an item, or to one post or comment in it, out of the stream."""
    if item_id is not None:
        Happening.objects.filter(item_id=item_id).delete()
    if part_id is not None:
        Happening.objects.filter(part_id=part_id).delete()


def change_audience(item: SpaceContent) -> None:
    """Let the rows of an item follow who may read it."""
    Happening.objects.filter(item_id=item.pk).update(audience=item.audience)


def forget_author(membership: Membership) -> None:
    """Take out what one member did, as part of erasing their data."""
    Happening.objects.filter(author=membership).delete()
