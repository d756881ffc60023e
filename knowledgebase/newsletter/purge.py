"""Keeps the promises of the sign-up page: what has no use any more is deleted."""

from __future__ import annotations

from django.utils import timezone

from .conf import newsletter_conf
from .models import Delivery, Subscriber


def forget() -> dict[str, int]:
    """Delete addresses that nobody confirmed, and who got which issue. Returns how many of each."""
    conf, now = newsletter_conf(), timezone.now()
    unconfirmed = Subscriber.objects.filter(state=Subscriber.State.ASKED, asked_at__lt=now - conf.FORGET_UNCONFIRMED)
    delivered = Delivery.objects.filter(mailing__finished_at__lt=now - conf.KEEP_DELIVERIES)
    return {
        "subscribers": unconfirmed.delete()[1].get(Subscriber._meta.label, 0),
        "deliveries": delivered.delete()[0],
    }
