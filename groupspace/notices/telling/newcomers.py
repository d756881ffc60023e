"""Who facilitates is told once of a newcomer's first words that nobody answered for a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from groupspace.kinds import all_kinds
from groupspace.models import SpaceGrant
from groupspace.notices.models import Reason, TellingOfSpace
from groupspace.notices.telling.spread import members_with, who_may_read, write
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import WRITABLE, Permission
from groupspace.querysets import active_membership
from groupspace.stream.models import Happening

#: So long somebody may wait for the first answer.
AFTER = timedelta(hours=24)
#: What is older than this is not told any more: a worker that was away, or a site that is new to it.
TOO_OLD = timedelta(days=7)


def due() -> bool:
    """Whether there is somebody to tell of. No write."""
    return next(_unanswered(), None) is not None


def tell_due() -> int:
    """Tell of every newcomer who waits; return of how many. A periodic job."""
    told = 0
    for first in list(_unanswered()):
        if stopping.is_set():
            break
        told += _tell(first)
    return told


def _unanswered() -> Iterator[Happening]:
    """The first thing somebody did in a space that runs, on which nobody else did anything since. Two statements."""
    now = timezone.now()
    of_author = {"space": OuterRef("space"), "author": OuterRef("author")}
    earlier = Happening.objects.filter(**of_author, at__lt=OuterRef("at")).order_by()
    later = Happening.objects.filter(item_id=OuterRef("item_id"), at__gte=OuterRef("at")).order_by()
    leads = SpaceGrant.objects.filter(
        content_object=OuterRef("space"),
        user=OuterRef("author__user"),
        permission__codename=Permission.FACILITATE,
    )
    found = Happening.objects.filter(
        ~Exists(earlier),
        ~Exists(later.exclude(author=OuterRef("author"))),
        ~Exists(leads),
        active_membership("author__", at=now),
        at__lte=now - AFTER,
        at__gt=now - TOO_OLD,
        space__state__in=WRITABLE,
    )
    told = set(TellingOfSpace.objects.filter(reason=Reason.UNANSWERED).values_list("about", flat=True))
    return (first for first in found.order_by("pk") if str(first.author_id) not in told)


@transaction.atomic
def _tell(first: Happening) -> bool:
    """Tell who facilitates, in the transaction that remembers it; False when another worker just did."""
    known: dict[str, Any] = {"space_id": first.space_id, "reason": Reason.UNANSWERED, "about": str(first.author_id)}
    _row, is_new = TellingOfSpace.objects.get_or_create(**known)
    kind = next((kind for kind in all_kinds() if kind.slug == first.kind), None)
    if is_new and kind is not None:
        leading = dict.fromkeys(members_with(Permission.FACILITATE, first.space_id), Reason.UNANSWERED.value)
        happening = Happening(space_id=first.space_id, kind=first.kind, item_id=first.item_id, at=timezone.now())
        write(happening, {member: leading[member] for member in who_may_read(kind, happening, leading)})
    return is_new
