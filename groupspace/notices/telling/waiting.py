"""Who reads first is told that something waits: one notice, until they looked. Words and writers are nowhere here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from groupspace import held
from groupspace.conf import conf
from groupspace.notices.models import Notice, Reason
from groupspace.notices.telling.asked import item_of
from groupspace.notices.telling.spread import members_with, write
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import Permission
from groupspace.stream.models import Happening


def spaces_where_something_waits() -> frozenset[UUID]:
    """The spaces in which something waits now. One statement."""
    return frozenset(held.newest_by_author(timezone.now()))


def due() -> bool:
    """Whether there is somebody to tell, without a write."""
    return any(_whom(space, newest) for space, newest in _settled().items())


def tell_due() -> int:
    """Tell who reads first of what came since they looked; return how many spaces that were. A periodic job."""
    told = 0
    for space, newest in _settled().items():
        if stopping.is_set():
            break
        told += _tell(space, newest)
    return told


def _settled() -> dict[UUID, dict[UUID, datetime]]:
    """What waits and can no longer be taken back by who wrote it."""
    return held.newest_by_author(timezone.now() - conf.UNDO_WINDOW)


@transaction.atomic
def _tell(space: UUID, newest: Mapping[UUID, datetime]) -> bool:
    members = _whom(space, newest)
    happening = Happening(space_id=space, item_id=item_of(space, Reason.HELD), at=timezone.now())
    write(happening, dict.fromkeys(members, Reason.HELD.value))
    return bool(members)


def _whom(space: UUID, newest: Mapping[UUID, datetime]) -> list[UUID]:
    """Who reads first and has no notice that waits, and since when something of another came that they did not see."""
    members = members_with(Permission.MODERATE, space)
    about = Notice.objects.filter(item_id=item_of(space, Reason.HELD), membership__in=members).order_by()
    told = about.values("membership").annotate(last=Max("last_at"), read=Max("read_at"))
    known = {row["membership"]: max(row["last"], row["read"] or row["last"]) for row in told}
    unread = set(about.unread().values_list("membership", flat=True))
    return [
        member
        for member in members
        if member not in unread
        and any(author != member and (member not in known or since > known[member]) for author, since in newest.items())
    ]
