"""The mail that says there is something, and nothing more: when somebody gets it, and sending it once.

One mail until the next visit. What it told of is marked in the same transaction that queues it: a worker that is
killed sends it whole or not at all, and the outbox sees to the rest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from groupspace.actor import actor_for
from groupspace.notices.models import Answer, Delivery, Notice, Rhythm
from groupspace.notices.sending.people import FOR_ALL, Person, answered, people, readable
from groupspace.notify.lifecycle import stopping
from groupspace.notify.mail import send_text

_SALT = "groupspace.notices.off"


def due(now: datetime | None = None) -> list[Person]:
    """Who gets a mail at this moment: one for all rhythms whose turn it is."""
    now = now or timezone.now()
    found: dict[Any, Person] = {}
    for person in (*people(now, sent_at=None), *answered(sent_at=None)):
        if person.is_due(now):
            before = found.get(person.user_id, person)
            found[person.user_id] = replace(before, turns=before.turns | person.turns)
    return list(found.values())


def send_due() -> int:
    """Send a mail to everybody for whom it is time; return how many."""
    sent = 0
    for person in due():
        if stopping.is_set():
            break
        sent += _send(person)
    return sent


@transaction.atomic
def _send(person: Person) -> bool:
    """Send one person a mail, if there still is something that they may read."""
    user = get_user_model()._default_manager.get(pk=person.user_id)
    found = readable(actor_for(user, verified=True), sent_at=None)
    theirs = [notice.pk for notice in found if notice.rhythm in person.turns or notice.reason in FOR_ALL]
    notices = Notice.objects.unread().filter(pk__in=theirs, sent_at=None)
    answers = Answer.objects.unread().filter(user=user, sent_at=None)
    if not sum(waiting.update(sent_at=timezone.now()) for waiting in (notices, answers)):
        return False
    delivery, _created = Delivery.objects.update_or_create(user=user, defaults={"mailed_at": timezone.now()})
    with translation.override(person.language or settings.LANGUAGE_CODE):
        _write(person.email, address_to_stop(delivery))
    return True


def _write(address: str, stop: str) -> None:
    """Neither who, nor where, nor what: somebody else may look at the same screen."""
    here = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('groupspace:notices:list')}"
    paragraphs = [
        _("Er is iets nieuws voor je. Bekijk het hier:") + f"\n{here}",
        _("Je krijgt pas weer een bericht als je bent geweest."),
        _("Wil je geen berichten meer? Dat kan zonder in te loggen:") + f"\n{stop}",
    ]
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send_text(address, _("Er is iets nieuws"), "\n\n".join(paragraphs) + "\n", headers=headers)


def address_to_stop(delivery: Delivery) -> str:
    """The address that ends all mail of one account. It holds no name and no number of anybody."""
    token = signing.Signer(salt=_SALT).sign(delivery.token.hex)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('groupspace_outside:mail-off', args=[token])}"


def stop_mail(token: str) -> bool:
    """End the mail of whom this token belongs to; False for a token that we did not make. Also a second time."""
    if not (found := _of(token)):
        return False
    found.update(mail=Rhythm.NEVER, changed_at=timezone.now())
    return True


def is_ours(token: str) -> bool:
    """Whether we made this token, for an account that is still there."""
    return bool(_of(token))


def _of(token: str) -> Any:
    try:
        return Delivery.objects.filter(token=signing.Signer(salt=_SALT).unsign(token))
    except signing.BadSignature:
        return None
