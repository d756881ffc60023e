"""When it has been silent in a space for longer than fits how much it is steered, or it recruits for too long.

The same rule stands here twice: for one space, and as a condition for lists. A test holds them together.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from groupspace.lifetime.steering import LEVELS
from groupspace.permissions import WRITABLE

if TYPE_CHECKING:
    from groupspace.models import Space

#: How long a space may recruit, whatever its leaders write in it meanwhile: nobody else can.
RECRUITS = timedelta(days=14)
#: So long after the start half the time is enough: who finds nobody then does not come back.
FIRST_WEEKS = timedelta(days=14)
_RECRUITING = "recruiting"


def since(space: Space) -> datetime:
    """Since when it has been silent: the last thing that counts, or the start; of who recruits, the first day."""
    if space.state == _RECRUITING:
        return space.created_at
    return max(space.counted_at, space.started_at or space.counted_at)


def silent_for(space: Space, now: datetime | None = None) -> timedelta | None:
    """How long nothing happened in a space; None as long as that fits its steering, or when nobody can write."""
    now = now or timezone.now()
    if space.state == _RECRUITING:
        term = RECRUITS
    elif space.state in WRITABLE:
        term = LEVELS[space.steering].silent_after
        if space.started_at and now - space.started_at <= FIRST_WEEKS:
            term /= 2
    else:
        return None
    silence = now - since(space)
    return silence if silence > term else None


def silent(now: datetime | None = None) -> Q:
    """The condition for spaces of which `silent_for` says how long."""
    now = now or timezone.now()
    found = Q(state=_RECRUITING, created_at__lt=now - RECRUITS)
    young = Q(started_at__gte=now - FIRST_WEEKS)
    for number, level in LEVELS.items():
        runs = Q(state__in=WRITABLE, steering=number)
        found |= runs & young & _quiet_since(now - level.silent_after / 2)
        found |= runs & _quiet_since(now - level.silent_after)
    return found


def _quiet_since(moment: datetime) -> Q:
    return Q(counted_at__lt=moment) & (Q(started_at=None) | Q(started_at__lt=moment))
