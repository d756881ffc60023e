"""Composing mail that tells a bystander nothing."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from groupspace.notify.conf import notify_conf


def send_text(to: str, subject: str, body: str, headers: dict[str, str] | None = None) -> None:
    """Queue a plain text message with a neutral sender.

    Subject and body hold no names, group titles or content: only that there is something, and a link.

    Args:
        to: one address.
        subject: one line.
        body: plain text.
        headers: more headers, such as List-Unsubscribe.

    Raises BadHeaderError when the subject or the address holds a line break.
    """
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    EmailMessage(subject, body, formataddr((notify_conf().SENDER_NAME, address)), [to], headers=headers).send()
