"""Forget what nobody came back for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from . import sealed
from .models import Draft, SealedPost, Submission

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
