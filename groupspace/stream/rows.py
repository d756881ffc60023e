"""What the stream shows: one line for each item, told in words, for whoever may read the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groupspace.kinds import Kind, Line, all_kinds
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.stream.questions import Cursor, Place
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
    at: str
    mine: bool
    hue: str
    initial: str


@dataclass(slots=True)
class _Group:
    """Happenings with one item."""

    newest: Any
    authors: dict[UUID, None] = field(default_factory=dict)
    mine: bool = False


def rows_of(
    actor: Actor, happenings: Sequence[Any], places: Mapping[UUID, Place], *, complete: bool
) -> tuple[list[Row], Cursor | None]:
    """Lines for happenings, newest first, and where the next page begins; None when this is the last.

    Args:
        happenings: as `questions.newest` gives them.
        complete: there are no older ones than these.

    One statement for each kind. What the actor may not read, or is gone, gives no line.
    """
    groups, last = _by_item(actor, happenings, places)
    more = not complete or last != len(happenings)
    cursor = Cursor(happenings[last - 1].at, happenings[last - 1].pk) if more and last else None
    lines = lines_of(actor, {(group.newest.kind, item) for item, group in groups.items()})
    now = timezone.localtime()
    kinds = {kind.slug: kind for kind in all_kinds()}
    found: list[Row] = []
    for item, group in groups.items():
        if (line := lines.get(item)) is None:
            continue
        happening = group.newest
        kind = kinds[happening.kind]
        name = shown_name(happening.author_name, happening.author_user)
        gone = happening.author_user is None
        found.append(
            Row(
                url=line.url,
                title=line.title,
                told=_told(actor, group, kind, name),
                place=places[happening.space_id].name,
                kind=str(kind.label),
                at=spoken(happening.at, now),
                mine=group.mine,
                hue="gone" if gone else str(hue(name)),
                initial=initial(name),
            )
        )
    return found, cursor


def lines_of(actor: Actor, items: set[tuple[str, UUID]]) -> dict[UUID, Line]:
    """Title and address of the items among these, as (kind, id), that the actor may read. One statement per kind."""
    found: dict[UUID, Line] = {}
    for kind in all_kinds():
        if ids := [pk for slug, pk in items if slug == kind.slug]:
            found |= kind.lines(actor, ids)
    return found


def _by_item(actor: Actor, happenings: Sequence[Any], places: Mapping[UUID, Place]) -> tuple[dict[UUID, _Group], int]:
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


def _told(actor: Actor, group: _Group, kind: Kind, name: str) -> str:
    happening = group.newest
    verb = str(kind.verbs.get(happening.verb) or VERBS.get(happening.verb) or _("deed iets"))
    if happening.author_id == actor.membership_in(happening.space_id):
        name = _("Jij")
    told = _("%(name)s %(verb)s") % {"name": name, "verb": verb}
    others = len(group.authors) - 1
    if others > 0:
        more = ngettext("nog iemand", "nog %(count)d anderen", others) % {"count": others}
        told = _("%(told)s, en %(more)s ook") % {"told": told, "more": more}
    return told
