"""The tables of the service: outgoing mail, background tasks, periodic jobs and the worker's sign of life."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from email.generator import BytesGenerator
from email.message import Message
from email.utils import parseaddr
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.notify.leases import Leased, State

WAITING = Q(state=State.WAITING)


class Mail(Leased):
    """One message for one recipient, as it will go over the wire. Address and text go as soon as it is sent."""

    message_id = models.CharField(max_length=255, editable=False)
    sender = models.CharField(max_length=320, blank=True, editable=False)
    recipient = models.CharField(max_length=320, blank=True, editable=False)
    content = models.BinaryField(blank=True, editable=False)
    #: With our key: says of an address in a mail that comes back whether it is the one we wrote to, and nothing more.
    recipient_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("uitgaande e-mail")
        verbose_name_plural = _("uitgaande e-mails")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=WAITING, name="groupspace_mail_due")]

    def __str__(self) -> str:
        return self.message_id

    @classmethod
    def rows_for(cls, message: EmailMessage) -> Iterator[Mail]:
        """Yield unsaved rows, one for each recipient, so that a refusal concerns only who it concerns.

        Raises BadHeaderError for a header with a line break: with the caller, who can still do something about it.
        """
        message = copy(message)
        given = {name.lower(): value for name, value in message.extra_headers.items()}
        domain = parseaddr(message.from_email)[1].rpartition("@")[2] or "localhost"
        message_id = given.get("message-id") or f"<{uuid4().hex}@{domain}>"
        message.extra_headers = {"Auto-Submitted": "auto-generated", **message.extra_headers, "Message-ID": message_id}
        encoding = message.encoding or "utf-8"
        content = BytesIO()
        BytesGenerator(content, mangle_from_=False).flatten(message.message(), linesep="\r\n")
        for recipient in dict.fromkeys(message.recipients()):
            yield cls(
                message_id=message_id,
                sender=sanitize_address(message.from_email, encoding),
                recipient=(address := sanitize_address(recipient, encoding)),
                recipient_hash=cls.hash_of(address),
                content=content.getvalue(),
            )

    @staticmethod
    def hash_of(address: str) -> str:
        """What is kept of an address that a message was sent to."""
        return salted_hmac("groupspace.notify.recipient", address.strip().lower(), algorithm="sha256").hexdigest()

    def as_message(self) -> StoredMessage:
        """Return the message in the form that Django's e-mail backends send."""
        return StoredMessage(self)


class Composed(Message):
    """A message in its final form: nothing is composed anew, so nothing can differ between two attempts."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def as_bytes(self, *_: Any, **__: Any) -> bytes:
        """Return what was stored, whatever line ends are asked for: it has those of the wire."""
        return self._content


class StoredMessage(EmailMessage):
    """A stored message, as Django's e-mail backends take it."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(from_email=mail.sender, to=[mail.recipient])
        self._content = bytes(mail.content)

    def message(self, **_: Any) -> Any:
        """Return the message as it was composed when the action queued it."""
        return Composed(self._content)


class QueuedTask(Leased):
    """A call of a task function. Arguments are ids, never content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=255, editable=False)
    backend = models.CharField(max_length=50, editable=False)
    queue_name = models.CharField(max_length=50, editable=False)
    priority = models.SmallIntegerField(default=0, editable=False)
    arguments = models.JSONField(default=dict, editable=False)
    return_value = models.JSONField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        ordering = ["-priority", "due_at", "pk"]
        indexes = [models.Index(fields=["-priority", "due_at"], condition=WAITING, name="groupspace_task_due")]

    def __str__(self) -> str:
        return self.path


class PeriodicJob(Leased):
    """When a job of the periodic table runs next (`due_at`)."""

    name = models.CharField(max_length=100, primary_key=True)

    MOST_INTERRUPTIONS = 1_000_000  # a job comes back, whatever happened

    class Meta:
        verbose_name = _("terugkerende taak")
        verbose_name_plural = _("terugkerende taken")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def again(self, pause: timedelta) -> bool:
        """Plan the next run after one that went well; return whether the job was still ours."""
        return self._settle(due_at=timezone.now() + pause, attempts=0, interruptions=0, error="")


class Heartbeat(models.Model):
    """The last sign of life of one worker process."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("teken van leven")
        verbose_name_plural = _("tekenen van leven")

    def __str__(self) -> str:
        return self.worker_id
