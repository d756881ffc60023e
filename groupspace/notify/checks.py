"""System checks: mail that would loop, get lost or hang the worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.core.exceptions import ImproperlyConfigured

from groupspace.notify.conf import notify_conf

OUTBOX = "groupspace.notify.backend.OutboxBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LONGEST_TIMEOUT = 30  # seconds; a message takes a few answers, and its lease five minutes


@register()
def check_settings(**_: Any) -> list[CheckMessage]:
    """Refuse settings that do not exist, and an outbox that would fill itself."""
    try:
        transport = notify_conf().TRANSPORT
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="groupspace_notify.E001")]
    if transport == OUTBOX:
        message = "GROUPSPACE['NOTIFY']['TRANSPORT'] is the outbox itself: nothing would ever be sent."
        return [checks.Error(message, id="groupspace_notify.E002")]
    return []


@register(Tags.security, deploy=True)
def check_deployment(**_: Any) -> list[CheckMessage]:
    """Warn about a site whose mail does not leave it, or whose worker can hang on a mail server."""
    messages: list[CheckMessage] = []
    if settings.EMAIL_BACKEND != OUTBOX:
        hint = f"Set EMAIL_BACKEND to {OUTBOX}."
        messages.append(checks.Warning("Mail is sent within requests.", hint=hint, id="groupspace_notify.W001"))
    transport = notify_conf().TRANSPORT
    if transport != SMTP:
        messages.append(
            checks.Warning("Mail does not leave this site.", hint="Set EMAIL_URL.", id="groupspace_notify.W002")
        )
    elif not settings.EMAIL_TIMEOUT or settings.EMAIL_TIMEOUT > LONGEST_TIMEOUT:
        hint = f"Set EMAIL_TIMEOUT to {LONGEST_TIMEOUT} seconds or less."
        messages.append(
            checks.Warning("A silent mail server holds up the worker.", hint=hint, id="groupspace_notify.W003")
        )
    return messages
