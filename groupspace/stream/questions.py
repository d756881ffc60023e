"""Which happenings somebody sees, newest first: the same few statements for one space and for five hundred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from groupspace import policy
from groupspace.kinds import kinds_for
from groupspace.models import Space
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from groupspace.actor import Actor

#: How many rows one page reads at most, and how many spaces it looks in first.
WINDOW = 100
SPACES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A space as the stream needs it."""

    pk: UUID
    name: str
    last_activity_at: datetime
    #: Slugs of the kinds that live there and are switched on.
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended, to go on from there."""

    at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.pk.hex}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Read what an address says. Raises ValueError for anything else."""
        try:
            moment, pk = text.split("_")
            return cls(datetime.fromtimestamp(float(moment), UTC), UUID(hex=pk))
        except (OverflowError, OSError) as error:
            raise ValueError(text) from error


def place(space: Space) -> Place:
    """One space, without a question."""
    optional = {kind.slug for kind in kinds_for(space.kind) if kind.optional}
    slugs = frozenset(kind.slug for kind in kinds_for(space.kind))
    return Place(space.pk, space.name, space.last_activity_at, slugs - (optional & set(space.kinds_off)))


def my_places(actor: Actor) -> list[Place]:
    """All spaces the actor reads, the one where something happened last first. One statement."""
    fields = ("pk", "name", "last_activity_at", "kind", "kinds_off")
    found = policy.visible(actor, Space.objects.only(*fields[1:])).order_by("-last_activity_at", "-pk")
    return [place(space) for space in found]


def newest(
    actor: Actor, places: list[Place], *, kind: str = "", before: Cursor | None = None, rows: int = WINDOW
) -> list[Any]:
    """The newest happenings in these places, with their authors; one row more when there are older ones.

    The newest rows lie in the places where something happened last, so most pages look no further than twenty.
    A place beyond those holds nothing newer than its own last moment: only when the page reaches back to that
    moment are all places asked.

    Args:
        places: in the order of `my_places`.
        kind: the slug of one kind only.
        before: only what is older than this.
    """
    near, far = places[:SPACES], places[SPACES:]
    found = list(_rows(actor, near, kind, before)[: rows + 1])
    if far and (len(found) <= rows or found[-1].at < far[0].last_activity_at):
        found = list(_rows(actor, places, kind, before)[: rows + 1])
    return found


def _rows(actor: Actor, places: Iterable[Place], kind: str, before: Cursor | None) -> Any:
    found = policy.visible(actor, Happening.objects.filter(space__in=[place.pk for place in places]))
    if kind:
        found = found.filter(kind=kind)
    if before:
        found = found.filter(at__lte=before.at).exclude(at=before.at, id__gte=before.pk)
    return found.with_author().order_by("-at", "-id")
