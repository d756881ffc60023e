"""What happens to a message: it comes in, a member of staff takes it, answers it or closes it, and its sender objects.

Each action is one transaction, writes a step that nobody changes later, and sends its mail through Django's mail API.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from . import mails
from .models import Decision, Kind, Message, State, Step

#: The permission to read and handle what visitors send.
HANDLE = "knowledgebase_contact.change_message"


def receive(kind: str, ticket: UUID, *, answer_days: int, keep_days: int, **fields: Any) -> Message:
    """Keep what a visitor sent, and confirm it by mail when an address was given.

    Args:
        ticket: the number of the form as it was shown; a second post with it gives the first message again.
        answer_days, keep_days: what the form promised.
        fields: what was typed, by the names of the model.
    """
    if existing := Message.objects.filter(ticket=ticket).first():
        return existing
    try:
        with transaction.atomic():
            message = Message.objects.create(
                kind=kind,
                ticket=ticket,
                due_on=timezone.localdate() + dt.timedelta(days=answer_days),
                keep_days=keep_days,
                **fields,
            )
            Step.objects.create(message=message, by_visitor=True, state=State.RECEIVED)
            mails.send_receipt(message)
    except IntegrityError:
        # Two posts of one form at the same moment: the other one was first.
        return Message.objects.get(ticket=ticket)
    return message


@transaction.atomic
def take(actor: Any, message: Message) -> Message:
    """Say that one handles this message. Raises ValidationError when it is no longer open."""
    message = _open(actor, message)
    message.handler, message.state = actor, State.IN_PROGRESS
    message.save(update_fields=["handler", "state"])
    Step.objects.create(message=message, by=actor, state=State.IN_PROGRESS)
    return message


@transaction.atomic
def answer(
    actor: Any, message: Message, text: str, *, decision: str = "", redress: str = "", note: str = ""
) -> Message:
    """Answer a message, or decide on a notice, and tell the sender.

    Args:
        text: what the sender reads: the answer, or the reason and what was done.
        decision: needed for a notice.
        redress: what the sender can do who does not agree; needed for a notice.
        note: for colleagues only.

    Raises ValidationError when it is no longer open, when a part is missing, or when the sender objected to a decision
    of this same person.
    """
    message = _open(actor, message)
    if message.kind == Kind.NOTICE:
        if decision not in Decision.values or not redress.strip():
            raise ValidationError(_("Kies een besluit, en zeg wat de melder kan doen die het er niet mee eens is."))
        if any(step.state == State.ANSWERED and step.by_id == actor.pk for step in message.history):
            raise ValidationError(_("De melder is het niet eens met jouw besluit. Laat een collega opnieuw kijken."))
    _end(message, State.ANSWERED, actor)
    step = Step.objects.create(
        message=message, by=actor, state=State.ANSWERED, decision=decision, text=text, redress=redress, note=note
    )
    mails.send_answer(message, step)
    return message


@transaction.atomic
def close(actor: Any, message: Message, note: str) -> Message:
    """Close a message without an answer: answered by phone, or no message at all. Raises ValidationError, as above.

    A notice always gets a decision that its sender can read, so it cannot be closed this way.
    """
    message = _open(actor, message)
    if message.kind == Kind.NOTICE:
        raise ValidationError(_("Op een klacht of melding volgt altijd een besluit. Kies een besluit."))
    _end(message, State.CLOSED, actor)
    Step.objects.create(message=message, by=actor, state=State.CLOSED, note=note)
    return message


@transaction.atomic
def object_to(message: Message, text: str) -> Message:
    """Ask for a second look by somebody else. Raises ValidationError when that is not possible (any more)."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.may_object:
        raise ValidationError(_("Je kunt op deze melding niet meer reageren. Stuur een nieuwe melding."))
    Step.objects.create(message=message, by_visitor=True, state=State.RECEIVED, text=text)
    answer_time = message.due_on - timezone.localdate(message.received_at)
    message.state, message.handler, message.delete_on = State.RECEIVED, None, None
    message.due_on = timezone.localdate() + answer_time
    message.save(update_fields=["state", "handler", "delete_on", "due_on"])
    return message


def find(code: str) -> Message | None:
    """The message whose code somebody typed, however it is written; None when there is no such code."""
    symbols = "".join(sign for sign in code.upper() if sign.isalnum())
    message = Message.objects.filter(reference=symbols[:6]).first()
    # The reference is known to staff and opens nothing: the rest must fit too.
    return message if message and constant_time_compare(message.secret, symbols[6:]) else None


def _open(actor: Any, message: Message) -> Message:
    if not actor.has_perm(HANDLE):
        raise PermissionDenied
    current = Message.objects.select_for_update().get(pk=message.pk)
    if not current.is_open:
        raise ValidationError(_("Een collega heeft dit bericht al afgehandeld. Ververs de pagina."))
    return current


def _end(message: Message, state: str, actor: Any) -> None:
    message.state, message.handler = state, actor
    message.delete_on = timezone.localdate() + dt.timedelta(days=message.keep_days)
    message.save(update_fields=["state", "handler", "delete_on"])
