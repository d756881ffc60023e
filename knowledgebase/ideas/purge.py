"""Keeps the promise of the form: what somebody typed, and their address, are gone after the time it named."""

from __future__ import annotations

from django.utils import timezone

from .models import Address, Entry


def purge_typed() -> int:
    """Delete addresses and empty entries whose time is over; that somebody asked is kept, without words.

    Returns how many entries were emptied.
    """
    today = timezone.localdate()
    Address.objects.filter(delete_on__lte=today).delete()
    return Entry.objects.filter(empty_on__lte=today).exclude(problem="").update(problem="", for_whom="", region="")
