"""A sign on a device that there is something: neutral, once for each item until it is read, and never at night."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from groupspace.actor import actor_for
from groupspace.notices.models import Answer, Notice
from groupspace.notices.sending.people import Person, answered, people, readable
from groupspace.notify.lifecycle import stopping
from groupspace.push.actions import send_to, with_devices


def due(now: datetime | None = None) -> list[Person]:
    """Who gets a sign at this moment: whoever has a device, wants it, is not here, and is awake."""
    now = now or timezone.now()
    found = [
        *people(now, pushed_at=None, membership__user__in=with_devices()),
        *answered(pushed_at=None, user__in=with_devices()),
    ]
    once = {person.user_id: person for person in found}.values()  # a device knows no rhythm
    return [person for person in once if person.push and not person.is_resting(now) and not person.is_here(now)]


def send_due() -> int:
    """Send a sign to everybody for whom it is time; return how many."""
    sent = 0
    for person in due():
        if stopping.is_set():
            break
        sent += _send(person)
    return sent


@transaction.atomic
def _send(person: Person) -> bool:
    user = get_user_model()._default_manager.get(pk=person.user_id)
    found = readable(actor_for(user, verified=True), pushed_at=None)
    notices = Notice.objects.unread().filter(pk__in=[notice.pk for notice in found], pushed_at=None)
    answers = Answer.objects.unread().filter(user=user, pushed_at=None)
    if not sum(waiting.update(pushed_at=timezone.now()) for waiting in (notices, answers)):
        return False
    send_to(user.pk)
    return True
