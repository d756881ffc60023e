"""Emptying the outbox: each message is claimed, offered to the mail server, and settled."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from groupspace.notify.conf import notify_conf
from groupspace.notify.database import patiently
from groupspace.notify.leases import State, backoff
from groupspace.notify.lifecycle import stopping
from groupspace.notify.models import Mail

logger = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=15)


_on_refusal: list[Callable[[str], object]] = []


def when_refused(tell: Callable[[str], object]) -> None:
    """Let an app know of each address that a mail server refused for good. The address is given, and not kept here."""
    if tell not in _on_refusal:
        _on_refusal.append(tell)


def tell_refused(address: str) -> None:
    """Let every app know that this address was refused for good."""
    for tell in _on_refusal:
        patiently(partial(tell, address))


def deliver_due() -> int:
    """Send every message that is due, and return how many the server took.

    A server that cannot be reached ends the round without touching the other messages: the sweep comes back.
    """
    conf = notify_conf()
    if not Mail.objects.claimable().exists():
        return 0
    transport = get_connection(conf.TRANSPORT)
    try:
        transport.open()
    except OSError as error:  # smtplib's exceptions are OSErrors too
        logger.warning("mail server cannot be reached, mail waits: %s", _describe(error))
        return 0
    sent = 0
    try:
        while not stopping.is_set() and (mail := Mail.objects.claim(conf.MAIL_LEASE)):
            try:
                transport.send_messages([mail.as_message()])
            except Exception as error:  # noqa: BLE001  (whatever it is, the message must not get lost)
                _settle_failure(mail, error)
                if _server_trouble(error):
                    break
            else:
                patiently(partial(mail.finish, sender="", recipient="", content=b""))
                sent += 1
    finally:
        _close(transport)
    return sent


def purge() -> None:
    """Delete rows that have served, and erase messages that were never sent."""
    conf, now = notify_conf(), timezone.now()
    Mail.objects.filter(state=State.DONE, finished_at__lt=now - conf.KEEP_SENT).delete()
    Mail.objects.exclude(state=State.DONE).filter(created_at__lt=now - conf.KEEP_UNSENT).delete()


def _settle_failure(mail: Mail, error: Exception) -> None:
    description = _describe(error)
    too_old = mail.created_at < timezone.now() - notify_conf().MAIL_GIVE_UP
    if too_old or _refused_for_good(error):
        patiently(lambda: mail.bury(description))
        logger.error("mail %s is a dead letter: %s", mail.pk, description)
        if isinstance(error, smtplib.SMTPRecipientsRefused) and _refused_for_good(error):
            tell_refused(mail.recipient)
    else:
        pause = backoff(mail.attempts, FIRST_PAUSE)
        patiently(lambda: mail.retry(pause, description))
        logger.warning("mail %s waits for another attempt: %s", mail.pk, description)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _refused_for_good(error: Exception) -> bool:
    about_this_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, about_this_mail) and all(code >= 500 for code in _codes(error))


def _server_trouble(error: Exception) -> bool:
    """Tell trouble with the server from trouble with one message; 421 means that the server hangs up."""
    return isinstance(error, OSError) and (not _codes(error) or 421 in _codes(error))


def _describe(error: Exception) -> str:
    """Name an error without its text, which may hold an address."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])


def _close(transport: BaseEmailBackend) -> None:
    with suppress(OSError):  # the server may be gone already; what it took is settled
        transport.close()
