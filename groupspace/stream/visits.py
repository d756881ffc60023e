"""Since when something is new to somebody: since their visit before this one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from groupspace.stream.models import Look

#: Whoever was away this long comes back for a new visit.
AWAY = timedelta(minutes=30)
#: Looking again this soon is not written down.
SOON = timedelta(minutes=5)


def previous(seen_at: datetime | None, before_at: datetime | None) -> datetime | None:
    """When the visit before this one ended; None for who comes for the first time."""
    return seen_at if seen_at and timezone.now() - seen_at > AWAY else before_at


def note(user_id: Any, seen_at: datetime | None, before_at: datetime | None) -> None:
    """Somebody looks at what is new now. One statement, and none for who looked a moment ago."""
    now = timezone.now()
    if seen_at and now - seen_at < SOON:
        return
    Look.objects.bulk_create(
        [Look(user_id=user_id, seen_at=now, before_at=previous(seen_at, before_at))],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["seen_at", "before_at"],
    )


def of_account(user: Any) -> list[dict[str, Any]]:
    """What is kept of it, for "Mijn gegevens"."""
    return [{"gezien": one.seen_at.isoformat()} for one in Look.objects.filter(user=user)]
