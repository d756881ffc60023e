"""Keeps what the site promises: words that were not placed are gone after a while."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .models import Reaction, State

#: So long a writer can read why.
REFUSED_FOR = timedelta(days=90)


def purge_refused() -> int:
    """Delete refused reactions whose time is over. Returns how many."""
    old = Reaction.objects.filter(state=State.REFUSED, decided_at__lte=timezone.now() - REFUSED_FOR)
    return old.delete()[0]
