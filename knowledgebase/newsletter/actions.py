"""Signing up and leaving. The same answer for every address: who is a subscriber is nobody else's business."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from . import mail
from .addresses import normalise
from .conf import newsletter_conf
from .models import NewsletterPage, Subscriber

MAY_MANAGE = "knowledgebase_newsletter.manage_subscribers"
DAY = timedelta(days=1)


@transaction.atomic
def subscribe(page: NewsletterPage, address: str, ticket: UUID) -> None:
    """Send one mail to the address: to confirm, or that there is nothing to confirm any more.

    Does nothing for a form that came before, and for an address that got enough mails today.

    Args:
        page: whose sender and subject the mail has.
        address: as typed.
        ticket: the number of the form.
    """
    address = normalise(address)
    subscriber, _created = Subscriber.objects.select_for_update().get_or_create(email=address)
    now = timezone.now()
    if subscriber.mails_since <= now - DAY:
        subscriber.mails, subscriber.mails_since = 0, now
    if subscriber.ticket == ticket or subscriber.mails >= newsletter_conf().MAILS_PER_DAY:
        return
    subscriber.mails += 1
    subscriber.ticket, subscriber.asked_at = ticket, now
    subscriber.save(update_fields=["mails", "mails_since", "ticket", "asked_at"])
    if subscriber.state == Subscriber.State.CONFIRMED:
        mail.send_already(page, subscriber)
    else:
        mail.send_confirmation(page, subscriber)


def confirm(subscriber_id: UUID) -> bool:
    """Make someone a subscriber; return whether the address is one now. A second time changes nothing."""
    State = Subscriber.State  # noqa: N806  a class
    Subscriber.objects.filter(pk=subscriber_id, state=State.ASKED).update(
        state=State.CONFIRMED, confirmed_on=timezone.localdate()
    )
    return Subscriber.objects.filter(pk=subscriber_id, state=State.CONFIRMED).exists()


def leave(subscriber_id: UUID) -> None:
    """Delete the address and all that hung on it. Whoever has left already may leave again."""
    Subscriber.objects.filter(pk=subscriber_id).delete()


def is_known(actor: Any, address: str) -> bool:
    """Whether this exact address is on the list. Raises PermissionDenied."""
    _may_manage(actor)
    return Subscriber.objects.filter(email=normalise(address)).exists()


def remove(actor: Any, address: str) -> bool:
    """Delete an address for someone who asked a member of staff; return whether it was there.

    Raises PermissionDenied.
    """
    _may_manage(actor)
    return bool(Subscriber.objects.filter(email=normalise(address)).delete()[0])


def _may_manage(actor: Any) -> None:
    if not actor.has_perm(MAY_MANAGE):
        raise PermissionDenied
