"""When it has been silent in a space for longer than fits how much it is steered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from groupspace.permissions import WRITABLE
from groupspace.steering import LEVELS

if TYPE_CHECKING:
    from groupspace.models import Space


def silent_for(space: Space, now: datetime | None = None) -> timedelta | None:
    """How long nothing happened in a space that runs; None as long as that fits its steering."""
    if space.state not in WRITABLE:
        return None
    silence = (now or timezone.now()) - space.counted_at
    return silence if silence > LEVELS[space.steering].silent_after else None
