"""Questions whose answer depends on who asks, put into SQL once for all who may do the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from groupspace.actor import Access, Actor
from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOBODY_YET = UUID(int=0)
#: How many sorts of readers are remembered for each question: those who are in as many spaces, with the same rights.
MOST_SORTS = 100
#: Somebody in more spaces shares their question with nobody, and it is long: it is made anew each time.
MOST_SPACES = 50


class ForReader:
    """A prepared question of which `build` gets the reader first, as an actor, and then the values of other blanks.

    The policy narrows the question as for any actor. What the reader may do in each space is part of it; only the ids
    of spaces and memberships are blanks, so `build` may pass them on and do nothing else with them.

    Example:
        >>> _my_links = ForReader(lambda reader: policy.visible(reader, Link.objects.all()))
        >>> _my_links.objects(actor)
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], *, uneven: bool = False) -> None:
        """`uneven`: see `Prepared`."""
        self._build = build
        self._uneven = uneven
        self._prepared = lru_cache(maxsize=MOST_SORTS)(self._prepare)

    def objects(self, actor: Actor, *values: Any) -> Iterator[Any]:
        """Ask for this actor; see `Prepared.objects`."""
        if len(actor.spaces) > MOST_SPACES:
            return iter(self._build(actor, *values))
        prepared, ids = self._of(actor, len(values))
        return prepared.objects(*ids, *values)

    def rows(self, actor: Actor, *values: Any) -> Sequence[Sequence[Any]]:
        """Ask for this actor; see `Prepared.rows`."""
        if len(actor.spaces) > MOST_SPACES:
            return list(self._build(actor, *values))
        prepared, ids = self._of(actor, len(values))
        return prepared.rows(*ids, *values)

    def first(self, actor: Actor, *values: Any) -> Any:
        """The first instance, or None."""
        return next(self.objects(actor, *values), None)

    def _of(self, actor: Actor, count: int) -> tuple[Prepared, list[UUID]]:
        found = [(_rights(access), space, access.membership_id) for space, access in actor.spaces.items()]
        if len(found) > 1:  # readers with the same rights in other spaces ask the same question
            found.sort(key=lambda one: hash(one[0]))
        prepared = self._prepared(tuple(rights for rights, _space, _membership in found), count)
        return prepared, [*(space for _r, space, _m in found), *(membership for _r, _s, membership in found)]

    def _prepare(self, sort: tuple[Access, ...], _count: int) -> Prepared:
        many = len(sort)

        def build(*blanks: Any) -> QuerySet[Any]:
            spaces, memberships, values = blanks[:many], blanks[many : 2 * many], blanks[2 * many :]
            reading = zip(spaces, sort, memberships, strict=True)
            reader = Actor(spaces={space: replace(rights, membership_id=mine) for space, rights, mine in reading})
            return self._build(reader, *values)

        return Prepared(build, unused=2 * many, uneven=self._uneven)


class InSpace(ForReader):
    """The same about one space: `build` gets the reader and the id of the space."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        super().__init__(lambda reader, *values: build(reader, *reader.spaces, *values))

    def objects(self, actor: Actor, *values: Any) -> Iterator[Any]:
        """Ask for this actor. The first value is the id of a space that the actor is in."""
        space, *others = values
        reader = within(actor, [space])
        return super().objects(reader, *others) if reader.spaces else iter(())


def within(actor: Actor, spaces: Collection[UUID]) -> Actor:
    """This actor as a reader of some of their spaces alone."""
    return Actor(spaces={space: actor.spaces[space] for space in spaces if space in actor.spaces})


def _rights(access: Access) -> Access:
    return replace(access, membership_id=NOBODY_YET, display_name="", news=0)
