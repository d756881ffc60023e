"""What the stream shows: one line for each item, told in words, for whoever may read the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groupspace.authors import shown_role
from groupspace.kinds import Line, all_kinds
from groupspace.moments import day_and_time
from groupspace.names import shown_name
from groupspace.stream.questions import Cursor, Happened, Place
from groupspace.templatetags.gs_design import hue, initial

if TYPE_CHECKING:
    from groupspace.actor import Actor

PER_PAGE = 20
#: What is told of items of any kind.
VERBS = {
    "commented": gettext_lazy("reageerde"),
    "announced": gettext_lazy("vroeg ieders aandacht"),
    "named": gettext_lazy("noemde iemand"),
}


class Row(TypedDict):
    """One line of the page, flat: templates look up keys of dicts fastest."""

    url: str
    title: str
    told: str
    place: str
    kind: str
    #: The heading of its day, above the first row of that day.
    day: str
    at: str
    mine: bool
    #: The role of whoever did it, when it leads; what participants bring has none.
    role: str
    #: A line above it: "new" above the first that is new, "old" above the first that is not.
    line: str
    hue: str
    initial: str


@dataclass(slots=True)
class _Group:
    """Happenings with one item."""

    newest: Happened
    authors: dict[UUID, None] = field(default_factory=dict)
    mine: bool = False


def rows_of(
    actor: Actor,
    happenings: Sequence[Happened],
    places: Mapping[UUID, Place],
    *,
    complete: bool,
    since: datetime | None = None,
) -> tuple[list[Row], Cursor | None]:
    """Lines for happenings, newest first, and where the next page begins; None when this is the last.

    Args:
        happenings: as `questions.newest` gives them.
        complete: there are no older ones than these.
        since: what others did later than this is new; None draws no line.

    One statement for each kind. What the actor may not read, or is gone, gives no line.
    """
    groups, last = _by_item(actor, happenings, places)
    more = not complete or last != len(happenings)
    cursor = Cursor(happenings[last - 1].at, happenings[last - 1].pk) if more and last else None
    lines = lines_of(actor, {(group.newest.kind, item) for item, group in groups.items()})
    now, told = timezone.localtime(), _Teller(actor)
    labels = {kind.slug: str(kind.label) for kind in all_kinds()}
    found: list[Row] = []
    news = day = ""
    for item, group in groups.items():
        if (line := lines.get(item)) is None:
            continue
        happening = group.newest
        line_above, news = _line(happening, news, since, own=told.is_own(happening))
        name = shown_name(happening.author_name, happening.author_user)
        gone = happening.author_user is None
        above, (day, at) = day, day_and_time(happening.at, now)
        found.append(
            Row(
                url=line.url,
                title=line.title,
                told=told.of(group, name),
                place=places[happening.space_id].name,
                kind=labels[happening.kind],
                day="" if day == above else day,
                at=at,
                mine=group.mine,
                role="" if gone else told.role(places[happening.space_id].sort, happening.author_role),
                line=line_above,
                hue="gone" if gone else str(hue(name)),
                initial=initial(name),
            )
        )
    return found, cursor


def _line(happening: Happened, news: str, since: datetime | None, *, own: bool) -> tuple[str, str]:
    """The line above a row, and which was the last one drawn; what one did oneself is no news."""
    if since is None or news == "old":
        return "", news
    if happening.at <= since:
        return ("old", "old") if news else ("", "old")
    return ("", news) if own or news else ("new", "new")


def lines_of(actor: Actor, items: set[tuple[str, UUID]]) -> dict[UUID, Line]:
    """Title and address of the items among these, as (kind, id), that the actor may read. One statement per kind."""
    found: dict[UUID, Line] = {}
    for kind in all_kinds():
        if ids := [pk for slug, pk in items if slug == kind.slug]:
            found |= kind.lines(actor, ids)
    return found


def _by_item(
    actor: Actor, happenings: Sequence[Happened], places: Mapping[UUID, Place]
) -> tuple[dict[UUID, _Group], int]:
    """Groups in the order of their newest happening, and how many happenings went into them."""
    groups: dict[UUID, _Group] = {}
    used = 0
    for happening in happenings:
        if happening.kind in places[happening.space_id].kinds:
            group = groups.get(happening.item_id)
            if group is None:
                if len(groups) == PER_PAGE:
                    break
                group = groups[happening.item_id] = _Group(happening)
            if happening.verb == group.newest.verb:
                group.authors[happening.author_id] = None
            group.mine = group.mine or happening.author_id == actor.membership_in(happening.space_id)
        used += 1
    return groups, used


class _Teller:
    """Puts into words who did what; what many lines share is translated once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._kinds = {kind.slug: kind for kind in all_kinds()}
        self._verbs: dict[tuple[str, str], str] = {}
        self._roles: dict[tuple[str, str], str] = {}
        self._who_did, self._you = _("%(name)s %(verb)s"), _("Jij")

    def is_own(self, happening: Happened) -> bool:
        return happening.author_id == self._actor.membership_in(happening.space_id)

    def role(self, sort: str, code: str) -> str:
        """What is shown of a role in a sort of space: its name, when it leads."""
        if (sort, code) not in self._roles:
            self._roles[sort, code] = shown_role(sort, code)
        return self._roles[sort, code]

    def of(self, group: _Group, name: str) -> str:
        happening = group.newest
        if self.is_own(happening):
            name = self._you
        told = self._who_did % {"name": name, "verb": self._verb(happening.kind, happening.verb)}
        others = len(group.authors) - 1
        if others > 0:
            more = ngettext("nog iemand", "nog %(count)d anderen", others) % {"count": others}
            told = _("%(told)s, en %(more)s ook") % {"told": told, "more": more}
        return told

    def _verb(self, kind: str, verb: str) -> str:
        if (kind, verb) not in self._verbs:
            told = self._kinds[kind].verbs.get(verb) or VERBS.get(verb)
            self._verbs[kind, verb] = str(told or _("deed iets"))
        return self._verbs[kind, verb]
