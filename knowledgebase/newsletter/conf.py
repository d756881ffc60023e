"""The numbers of the newsletter; a host changes them in KNOWLEDGEBASE["NEWSLETTER"]."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from .. import conf


@dataclass(frozen=True)
class NewsletterConf:
    """What a host can change."""

    #: How long the link in the mail that asks for confirmation works.
    CONFIRM_WITHIN: timedelta = timedelta(days=7)
    #: After how long an address that nobody confirmed is deleted.
    FORGET_UNCONFIRMED: timedelta = timedelta(days=14)
    #: How many mails about signing up one address gets at most in a day, whoever asks for them.
    MAILS_PER_DAY: int = 3
    #: How many mails are queued at a time. Other mail, such as a link for a new password, waits for one batch at most.
    BATCH: int = 50
    #: A sending that has not moved for this long is started again.
    STALLED_AFTER: timedelta = timedelta(minutes=10)
    #: How long we keep who got an issue, so that it cannot be sent twice after a repair.
    KEEP_DELIVERIES: timedelta = timedelta(days=7)


def newsletter_conf() -> NewsletterConf:
    """The settings in force. Raises ImproperlyConfigured for a key that does not exist."""
    given = conf.get("NEWSLETTER")
    unknown = set(given) - {field.name for field in fields(NewsletterConf)}
    if unknown:
        raise ImproperlyConfigured(f"KNOWLEDGEBASE['NEWSLETTER'] has unknown keys: {', '.join(sorted(unknown))}.")
    return NewsletterConf(**given)
