"""The slip with number and code that a sender sees right after sending: its address works for a short while only."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.utils import timezone

from .models import Message

SALT = "knowledgebase.contact.receipt"
SECONDS = 15 * 60


def make(message: Message) -> str:
    """A word for in an address that leads to the slip."""
    return signing.dumps(message.reference, salt=SALT)


def read(slip: str) -> Message | None:
    """The message of a slip; None when it is no slip, or an old one: the address may stand in a browser's history.

    So may the form: who sends that again much later gets a new slip, and it must not open the old message.
    """
    try:
        reference = signing.loads(slip, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    since = timezone.now() - dt.timedelta(seconds=SECONDS)
    return Message.objects.filter(reference=reference, received_at__gt=since).first()
