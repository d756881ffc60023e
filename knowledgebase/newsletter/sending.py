"""Sending an issue: once, to everybody, whatever breaks meanwhile.

Each batch marks deliveries and queues their mails in one transaction: with an e-mail backend that queues in the
database, both happen or neither does. So nobody gets an issue twice and nobody is forgotten, without any lease.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from . import mail
from .conf import newsletter_conf
from .models import Delivery, IssuePage, Mailing, NewsletterPage, Subscriber
from .rendering import as_html, as_text
from .tasks import send_next

MAY_SEND = "knowledgebase_newsletter.send_issue"
LOGGED = "knowledgebase_newsletter.send"


class NotReady(Exception):
    """This issue cannot be sent now: it was sent already, is not on the site, or was not tried as it is."""


def may_send(actor: Any, issue: IssuePage) -> bool:
    """Whether this member of staff may send this issue: it must be on the site, so approved by two people."""
    return issue.live and actor.has_perm(MAY_SEND)


def try_out(actor: Any, issue: IssuePage, to: str) -> None:
    """Send the mail to one address, and remember that this text was tried. Raises PermissionDenied, NotReady."""
    _check(actor, issue)
    with transaction.atomic():
        Mailing.objects.update_or_create(issue=issue, defaults={"tried_revision": issue.live_revision_id})
        mail.trial(newsletter_of(issue), issue, to).send()


def was_tried(issue: IssuePage) -> bool:
    """Whether a trial mail of the text that is on the site now went out."""
    return Mailing.objects.filter(issue=issue, tried_revision=issue.live_revision_id).exists()


def start(actor: Any, issue: IssuePage) -> Mailing:
    """Begin to send an issue to everybody who confirmed. Of two who press at once, one begins.

    Raises PermissionDenied, and NotReady when there is nothing to begin.
    """
    _check(actor, issue)
    page, now = newsletter_of(issue), timezone.now()
    begin = {
        "started_at": now,
        "moved_at": now,
        "started_by": actor,
        "sender": mail.sender(page),
        "subject": page.mail_subject,
        "text": as_text(issue),
        "html": as_html(issue),
    }
    with transaction.atomic():
        waiting = Mailing.objects.filter(issue=issue, tried_revision=issue.live_revision_id, started_at=None)
        if not waiting.update(**begin):
            raise NotReady
        mailing = Mailing.objects.get(issue=issue)
        everybody = Subscriber.objects.filter(state=Subscriber.State.CONFIRMED).values_list("pk", flat=True)
        deliveries = [Delivery(mailing=mailing, subscriber_id=pk) for pk in everybody]
        Delivery.objects.bulk_create(deliveries, batch_size=500)
        mailing.recipients = len(deliveries)
        mailing.save(update_fields=["recipients"])
        log(instance=issue, action=LOGGED, user=actor, data={"recipients": mailing.recipients})
        _go_on(mailing.pk)
    return mailing


@transaction.atomic
def send_batch(mailing_id: int) -> int:
    """Queue the mails of the next deliveries and plan the batch after it; return how many mails were queued.

    A page that was taken off the site stops its mail too: the rest goes out when it is back.
    """
    mailing = Mailing.objects.filter(pk=mailing_id, finished_at=None, issue__live=True).exclude(started_at=None).first()
    if mailing is None:
        return 0
    waiting = mailing.deliveries.filter(sent_at=None)
    # Rows that another worker holds are its business (SQLite has one writer at a time and no such lock).
    held = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("subscriber").order_by("pk")
    batch = list(held[: newsletter_conf().BATCH])
    now = timezone.now()
    if not batch:
        if not waiting.exists():
            Mailing.objects.filter(pk=mailing_id).update(finished_at=now, text="", html="")
        return 0
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in batch]).update(sent_at=now)
    Mailing.objects.filter(pk=mailing_id).update(moved_at=now)
    get_connection().send_messages([mail.compose(mailing, delivery.subscriber) for delivery in batch])
    _go_on(mailing_id)
    return len(batch)


def resume() -> int:
    """Start again what came to a stop, such as after a task was given up; return how many. A periodic job."""
    since = timezone.now() - newsletter_conf().STALLED_AFTER
    stalled = Mailing.objects.filter(~Q(started_at=None), finished_at=None, moved_at__lt=since, issue__live=True)
    for mailing_id in (found := list(stalled.values_list("pk", flat=True))):
        send_next.enqueue(mailing_id)
    return len(found)


def newsletter_of(issue: IssuePage) -> NewsletterPage:
    """The newsletter that an issue belongs to."""
    return issue.get_parent().specific


def _check(actor: Any, issue: IssuePage) -> None:
    if not may_send(actor, issue):
        raise PermissionDenied
    if Mailing.objects.filter(issue=issue).exclude(started_at=None).exists():
        raise NotReady


def _go_on(mailing_id: int) -> None:
    # Robust: the deliveries stand, and `resume` finds them if this call fails. One batch a task, so that the task that
    # empties the outbox comes in between, and with it the mail of others.
    transaction.on_commit(lambda: send_next.enqueue(mailing_id), robust=True)
