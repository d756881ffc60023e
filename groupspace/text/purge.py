"""Forget what nobody came back for, and what was typed in a place that is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from . import sealed
from .models import Draft, SealedPost, Submission

if TYPE_CHECKING:
    from uuid import UUID

DRAFT_DAYS = 30
SUBMISSION_DAYS = 14


def purge_text() -> dict[str, int]:
    """Delete old drafts, used form keys and sealed forms; return how many of each. Safe to run at any time."""
    now = timezone.now()
    old = {
        "drafts": Draft.objects.filter(updated_at__lt=now - timedelta(days=DRAFT_DAYS)),
        "submissions": Submission.objects.filter(created_at__lt=now - timedelta(days=SUBMISSION_DAYS)),
        "sealed": SealedPost.objects.filter(created_at__lt=now - sealed.LIFETIME),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}


def drop_place(place: UUID) -> None:
    """Delete what anybody typed in a place and did not send: the place is gone."""
    Draft.objects.filter(place=place).delete()
    SealedPost.objects.filter(place=place).delete()


def drop_of(user_id: Any, place: UUID) -> None:
    """Delete what one person typed in a place and did not send: they went from there."""
    Draft.objects.filter(place=place, owner=user_id).delete()
    SealedPost.objects.filter(place=place, user=user_id).delete()
