"""Django's e-mail backend for the whole site: sending is writing a row in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from groupspace.notify.models import Mail


class OutboxBackend(BaseEmailBackend):
    """Queues messages in the database; an action that is rolled back sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages and return how many there are."""
        from groupspace.notify.tasks import send_outbox

        rows = [row for message in email_messages for row in Mail.rows_for(message)]
        if not rows:
            return 0
        Mail.objects.bulk_create(rows)
        # Robust: the rows stand, and the periodic sweep finds them if this wake-up call fails.
        transaction.on_commit(send_outbox.enqueue, robust=True)
        return len(email_messages)
