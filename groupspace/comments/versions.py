"""What a post or comment said before its author changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.moments import spoken
from groupspace.text.sanitiser import from_plain

if TYPE_CHECKING:
    from datetime import datetime

    from groupspace.folds import Folds


def keep_version(part: Any, *, title: str = "") -> None:
    """Keep the words of a post or comment that is about to change. Call it with the row locked.

    Args:
        title: what stood above it, when that changes too.
    """
    body = f"{from_plain(title)}{part.body}" if title else part.body
    part.versions.create(number=part.versions.count() + 1, body=body, at=part.edited_at or part.created_at)


def said_before_changing(part: Any) -> str:
    """What to know before one changes a post or comment; nothing as long as it waits, for nobody has read it."""
    if part.held_at is not None:
        return ""
    return _("Anderen kunnen zien wat er eerst stond. Wil je dat niet? Haal het dan weg.")


def versions_of(part: Any, folds: Folds, *, own: bool) -> dict[str, Any]:
    """What it says now and what it said before, the newest first, for a page. One statement.

    Args:
        folds: what the reader would rather not see unasked.
        own: the reader wrote it.
    """
    now, note = timezone.localtime(), getattr(part, "note", "")

    def said(at: datetime, body: Any) -> dict[str, Any]:
        return {"at": spoken(at, now), "body": body, "fold": folds.label(note, body, own=own)}

    return {
        "current": said(part.edited_at or part.created_at, part.body),
        "versions": [said(one.at, one.body) for one in part.versions.order_by("-number")],
    }
