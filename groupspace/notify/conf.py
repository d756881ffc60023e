"""The settings of this service: the keys of `GROUPSPACE["NOTIFY"]`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from groupspace.conf import conf


@dataclass(frozen=True)
class NotifyConf:
    """What a host can change about mail, tasks and the worker."""

    #: Django e-mail backend that really sends; it reads Django's own EMAIL_… settings.
    TRANSPORT: str = "django.core.mail.backends.smtp.EmailBackend"
    #: The name people see as sender. Neutral: others may look at the same screen.
    SENDER_NAME: str = "Bericht"
    #: Touched by the worker as well as the row in the database. None: only the row.
    HEARTBEAT_FILE: Path | None = None
    #: How often the worker says that it lives, and extends the lease of what it is doing.
    BEAT: timedelta = timedelta(seconds=10)
    #: How long the worker sleeps when there is nothing to do.
    POLL: timedelta = timedelta(seconds=1)
    #: After how long without a beat another worker takes a task or job over.
    TASK_LEASE: timedelta = timedelta(seconds=60)
    #: Longer than one message can take over SMTP: nothing extends this lease.
    MAIL_LEASE: timedelta = timedelta(minutes=5)
    #: A task that takes longer ends the worker, and so frees everything behind it.
    TASK_TIME_LIMIT: timedelta = timedelta(minutes=15)
    #: How long a stopping worker may take to finish what it is doing.
    STOP_GRACE: timedelta = timedelta(seconds=8)
    #: How often a failing task is tried before it goes to the dead letters.
    TASK_ATTEMPTS: int = 8
    #: How long a message is offered to a server that keeps refusing it.
    MAIL_GIVE_UP: timedelta = timedelta(hours=48)
    #: How long a sent row stays. It holds no address and no text.
    KEEP_SENT: timedelta = timedelta(days=7)
    #: How long an unsent message can still be sent; after that its address and text are erased.
    KEEP_UNSENT: timedelta = timedelta(days=14)


def notify_conf() -> NotifyConf:
    """Return the settings in force.

    Raises ImproperlyConfigured for a key that does not exist.
    """
    unknown = set(conf.NOTIFY) - {f.name for f in fields(NotifyConf)}
    if unknown:
        raise ImproperlyConfigured(f"GROUPSPACE['NOTIFY'] has unknown keys: {', '.join(sorted(unknown))}.")
    return NotifyConf(**conf.NOTIFY)
