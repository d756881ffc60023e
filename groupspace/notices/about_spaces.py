"""What members are told of their space itself: that it has been silent, and that it will be erased. Once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.kinds import Line
from groupspace.models import Membership, Space, SpaceGrant
from groupspace.notices.models import Notice, Reason, TellingOfSpace
from groupspace.notices.spread import write
from groupspace.notices.stuck import stuck_lines
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import SHUT, WRITABLE, Permission
from groupspace.silence import silent_for
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
}


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
    for notice in about:
        space = spaces[notice.space_id]
        title = _title(space, notice.reason)
        if title and policy.can(actor, TOLD_TO[notice.reason][1], space):
            found[notice.item_id] = Line(title, reverse("groupspace:space", args=[space.pk]))
    return found


def _title(space: Space, reason: str) -> str:
    """What is told; empty when it no longer holds."""
    if reason == Reason.SILENT:
        return _("Het is al een tijd stil") if silent_for(space) else ""
    return _("Op %(day)s wordt alles gewist") % {"day": date_format(space.erase_on, "j F Y")} if space.erase_on else ""


def _due() -> Iterator[tuple[Space, str, date]]:
    """Each space with what must be told of it, and the day that it is about: a new day is told anew."""
    known = set(TellingOfSpace.objects.values_list("space_id", "reason", "about"))
    running = Space.objects.filter(state__in=WRITABLE).only("state", "steering", "counted_at")
    silent = ((space, Reason.SILENT, space.counted_at.date()) for space in running if silent_for(space))
    ending = Space.objects.filter(erase_on__lte=timezone.localdate() + AHEAD).exclude(state__in=SHUT)
    erasing = ((space, Reason.ERASING, space.erase_on) for space in ending.only("erase_on"))
    for due in (*silent, *erasing):
        if (due[0].pk, str(due[1]), due[2]) not in known:
            yield due


@transaction.atomic
def _tell(space: Space, reason: str, day: date) -> bool:
    """Tell whom it concerns, in the transaction that remembers it; False when another worker just did."""
    _row, is_new = TellingOfSpace.objects.get_or_create(space=space, reason=reason, about=day)
    if is_new:
        allowed = SpaceGrant.objects.filter(content_object=space, permission__codename=TOLD_TO[reason][0])
        members = Membership.objects.active().filter(space=space, user__in=allowed.values("user"))
        happening = Happening(space_id=space.pk, item_id=space.pk, at=timezone.now())
        write(happening, dict.fromkeys(members.values_list("pk", flat=True), reason))
    return is_new
