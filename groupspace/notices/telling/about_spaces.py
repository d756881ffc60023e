"""What members are told of their space itself: that it has been silent, and that it will be erased. Once each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groupspace.lifetime.silence import silent, since
from groupspace.models import Space
from groupspace.notices.models import Reason, TellingOfSpace
from groupspace.notices.telling.spread import members_with, write
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import SHUT, Permission
from groupspace.stream.models import Happening

#: How long before a space is erased its members are told.
AHEAD = timedelta(days=14)
#: The permission of who is told, and what the policy is asked before it is shown.
TOLD_TO: Mapping[str, tuple[str, str]] = {
    Reason.SILENT: (Permission.FACILITATE, "facilitate"),
    Reason.ERASING: (Permission.VIEW_SPACE, "view"),
    Reason.ASKED: (Permission.MANAGE_MEMBERS, "manage_members"),
    Reason.HELD: (Permission.MODERATE, "moderate"),
}


def tell_due() -> int:
    """Tell of every space what is due; return how many tellings that were. A periodic job."""
    told = 0
    for space, reason, day in _due():
        if stopping.is_set():
            break
        told += _tell(space, reason, day)
    return told


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
