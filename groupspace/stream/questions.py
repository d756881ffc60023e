"""Which happenings somebody sees, newest first: the same few statements for one space and for five hundred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from groupspace import policy
from groupspace.authors import roles_shown
from groupspace.kinds import kinds_for
from groupspace.models import Membership, Space
from groupspace.reading import ForReader, within
from groupspace.stream.models import Happening, Look

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor

#: How many rows one page reads at most, and how many spaces it looks in first.
WINDOW = 100
SPACES = 20
#: Before and after everything that happened.
START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A space as the stream needs it."""

    pk: UUID
    name: str
    #: The code of its sort.
    sort: str
    last_activity_at: datetime
    #: Slugs of the kinds that live there and are switched on.
    kinds: frozenset[str]


class Happened(NamedTuple):
    """What a list shows of a happening: many are read for one page, so they are no models."""

    pk: UUID
    space_id: UUID
    author_id: UUID
    kind: str
    verb: str
    item_id: UUID
    audience: str
    at: datetime
    author_name: str
    author_role: str
    author_user: Any


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


END = Cursor(datetime(9999, 1, 1, tzinfo=UTC), UUID(int=0))


def place(space: Space) -> Place:
    """One space, without a question."""
    optional = {kind.slug for kind in kinds_for(space.kind) if kind.optional}
    slugs = frozenset(kind.slug for kind in kinds_for(space.kind))
    return Place(space.pk, space.name, space.kind, space.last_activity_at, slugs - (optional & set(space.kinds_off)))


def my_places(actor: Actor) -> tuple[list[Place], tuple[datetime | None, datetime | None]]:
    """All spaces the actor reads, the one where something happened last first; and what is known of their `Look`.

    One statement.
    """
    spaces = list(_my_spaces.objects(actor, actor.user_id))
    look = (spaces[0].seen_at, spaces[0].before_at) if spaces else (None, None)
    return [place(space) for space in spaces], look


def newest(
    actor: Actor,
    places: list[Place],
    *,
    kind: str = "",
    participants: bool = False,
    before: Cursor | None = None,
) -> list[Happened]:
    """The newest happenings in these places, with their authors; one row more when there are older ones.

    The newest rows lie in the places where something happened last, so most pages look no further than twenty.
    A place beyond those holds nothing newer than its own last moment: only where that lies within the page, it is
    asked too.

    Args:
        places: in the order of `my_places`.
        kind: the slug of one kind only.
        participants: only what was done by who does not lead or prepare now.
        before: only what is older than this.
    """
    near, far = places[:SPACES], places[SPACES:]
    found = _rows(actor, near, kind, participants, before)
    if len(found) > WINDOW:
        far = [place for place in far if place.last_activity_at > found[-1].at]
    return _rows(actor, near + far, kind, participants, before) if far else found


def _rows(actor: Actor, places: list[Place], kind: str, participants: bool, before: Cursor | None) -> list[Happened]:
    reader, cursor = within(actor, [place.pk for place in places]), before or END
    of_kind = [kind] if kind else []
    return [Happened(*row) for row in _newest[participants, bool(kind)].rows(reader, cursor.at, cursor.pk, *of_kind)]


def _ask_newest(reader: Actor, at: datetime, pk: UUID, kind: str = "", *, participants: bool = False) -> QuerySet[Any]:
    found = policy.visible(reader, Happening.objects.filter(**({"kind": kind} if kind else {})))
    if participants:  # a few members lead: found once for each space, and not asked anew of every row
        leading = Membership.objects.filter(space__in=list(reader.spaces), role__in=roles_shown()).values("pk")
        found = found.exclude(author__in=leading)
    found = found.filter(at__lte=at).exclude(at=at, id__gte=pk).order_by("-at", "-id")
    # Of each space no more than a page can be among the newest of all: what is older than the fullest one's page
    # is not read. Otherwise the database would sort everything that ever happened in these spaces.
    page_of_one = found.filter(space=OuterRef("pk")).values("at")[WINDOW : WINDOW + 1]
    full = Space.objects.filter(pk__in=list(reader.spaces)).order_by().annotate(edge=Subquery(page_of_one))
    edge = full.exclude(edge=None).order_by("-edge").values("edge")[:1]
    found = found.filter(at__gte=Coalesce(Subquery(edge), Value(START, DateTimeField())))
    return found.with_author().values_list(*Happened._fields)[: WINDOW + 1]


def _ask_spaces(reader: Actor, user_id: Any) -> QuerySet[Any]:
    look = Look.objects.filter(user=user_id)
    found = policy.visible(reader, Space.objects.only("name", "last_activity_at", "kind", "kinds_off"))
    found = found.annotate(seen_at=Subquery(look.values("seen_at")), before_at=Subquery(look.values("before_at")))
    return found.order_by("-last_activity_at", "-pk")


_my_spaces = ForReader(_ask_spaces)
_newest = {
    (participants, of_kind): ForReader(partial(_ask_newest, participants=participants))
    for participants in (False, True)
    for of_kind in (False, True)
}
