"""What a post or comment said before its author changed it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from groupspace.moments import spoken


def keep_version(part: Any) -> None:
    """Keep the words of a post or comment that is about to change. Call it with the row locked."""
    part.versions.create(number=part.versions.count() + 1, body=part.body, at=part.edited_at or part.created_at)


def versions_of(part: Any) -> dict[str, Any]:
    """What it says now and what it said before, the newest first, for a page. One statement."""
    now = timezone.localtime()
    return {
        "current": {"at": spoken(part.edited_at or part.created_at, now), "body": part.body},
        "versions": [{"at": spoken(one.at, now), "body": one.body} for one in part.versions.order_by("-number")],
    }
