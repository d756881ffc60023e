"""What members are told of their space itself: that it has been silent, and that it will be erased. Once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.kinds import Line
from groupspace.models import JoinRequest, Space
from groupspace.notices.models import Notice, Reason, TellingOfSpace
from groupspace.notices.telling.spread import members_with, write
from groupspace.notices.telling.stuck import stuck_lines
from groupspace.notices.telling.waiting import spaces_where_something_waits
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import SHUT, Permission
from groupspace.silence import silent, silent_for, since
from groupspace.stream.models import Happening
from groupspace.stream.rows import lines_of

if TYPE_CHECKING:
    from groupspace.actor import Actor

#: How long before a space is erased its members are told.
AHEAD = timedelta(days=14)
#: The permission of who is told, and what the policy is asked before it is shown.
TOLD_TO: Mapping[str, tuple[str, str]] = {
    Reason.SILENT: (Permission.FACILITATE, "facilitate"),
    Reason.ERASING: (Permission.VIEW_SPACE, "view"),
    Reason.ASKED: (Permission.MANAGE_MEMBERS, "manage_members"),
    Reason.HELD: (Permission.MODERATE, "moderate"),
}
#: Where it stands, when that is not the home of the space.
_PAGES = {Reason.ASKED: "requests", Reason.HELD: "waiting"}


def tell_due() -> int:
    """Tell of every space what is due; return how many tellings that were. A periodic job."""
    told = 0
    for space, reason, day in _due():
        if stopping.is_set():
            break
        told += _tell(space, reason, day)
    return told


def lines_for(actor: Actor, notices: Iterable[Notice]) -> dict[UUID, Line]:
    """What each notice is about, with its address, as far as the actor may see it and it still holds.

    One statement for each kind, and one for spaces that are told of themselves.
    """
    notices = list(notices)
    placed = {(notice.kind, notice.item_id) for notice in notices if notice.reason != Reason.STUCK}
    found = lines_of(actor, placed) | stuck_lines(actor, notices)
    about = [notice for notice in notices if notice.reason in TOLD_TO]
    spaces = Space.objects.in_bulk([notice.space_id for notice in about]) if about else {}
    asked = _where_somebody_asks(notice.space_id for notice in about if notice.reason == Reason.ASKED)
    held = spaces_where_something_waits() if any(notice.reason == Reason.HELD for notice in about) else frozenset()
    for notice in about:
        space = spaces[notice.space_id]
        title = _title(space, notice.reason, asks=space.pk in asked, holds=space.pk in held)
        if title and policy.can(actor, TOLD_TO[notice.reason][1], space):
            page = _PAGES.get(Reason(notice.reason), "space")
            found[notice.item_id] = Line(title, reverse(f"groupspace:{page}", args=[space.pk]))
    return found


def _where_somebody_asks(spaces: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these spaces in which somebody waits for an answer or a place; no statement for none."""
    if not (wanted := list(spaces)):
        return frozenset()
    pending = JoinRequest.objects.pending().filter(space__in=wanted).order_by()
    return frozenset(pending.values_list("space_id", flat=True))


def _title(space: Space, reason: str, *, asks: bool, holds: bool) -> str:
    """What is told; empty when it no longer holds."""
    if reason == Reason.ASKED:
        return _("Iemand wil meedoen") if asks else ""
    if reason == Reason.HELD:
        return _("Er wacht iets tot je het leest") if holds else ""
    if reason == Reason.SILENT:
        words = _("De groep werft al lang") if space.state == "recruiting" else _("Het is al een tijd stil")
        return words if silent_for(space) else ""
    if space.erase_on is None:
        return ""
    day = date_format(space.erase_on, "j F Y")
    return _("Op %(day)s wordt alles gewist. Bewaar eerst je herinnering aan de groep") % {"day": day}


def _due() -> Iterator[tuple[Space, str, str]]:
    """Each space with what must be told of it, and the day that it is about: a new day is told anew."""
    known = set(TellingOfSpace.objects.values_list("space_id", "reason", "about"))
    quiet = Space.objects.filter(silent()).only("state", "steering", "counted_at", "started_at", "created_at")
    too_long = ((space, Reason.SILENT, since(space).date().isoformat()) for space in quiet)
    ending = Space.objects.filter(erase_on__lte=timezone.localdate() + AHEAD).exclude(state__in=SHUT)
    erasing = ((space, Reason.ERASING, str(space.erase_on)) for space in ending.only("erase_on"))
    for due in (*too_long, *erasing):
        if (due[0].pk, str(due[1]), due[2]) not in known:
            yield due


@transaction.atomic
def _tell(space: Space, reason: str, day: str) -> bool:
    """Tell whom it concerns, in the transaction that remembers it; False when another worker just did."""
    _row, is_new = TellingOfSpace.objects.get_or_create(space=space, reason=reason, about=day)
    if is_new:
        happening = Happening(space_id=space.pk, item_id=space.pk, at=timezone.now())
        write(happening, dict.fromkeys(members_with(TOLD_TO[reason][0], space.pk), reason))
    return is_new
