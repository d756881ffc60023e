"""All settings of the plug-in: one dict `GROUPSPACE` in the host's settings, with typed defaults here."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed


@dataclass(frozen=True)
class Pace:
    """How often one person may do something within a time."""

    times: int
    within: timedelta


@dataclass(frozen=True)
class Conf:
    """The settings a host can change; every field is a key of `GROUPSPACE`."""

    #: Base64 or plain text key material outside the database. Empty: derived from SECRET_KEY.
    KEY: str = ""
    #: How long a one-time invitation can be used.
    INVITATION_LIFETIME: timedelta = timedelta(hours=72)
    #: How long a code for a whole group can be used.
    GROUP_CODE_LIFETIME: timedelta = timedelta(days=30)
    #: Messages that one person may place, in all spaces together: far more than anyone types.
    POSTS: Pace = Pace(times=60, within=timedelta(minutes=10))
    #: Requests to join that one person may make: each asks for the time of a facilitator.
    JOIN_REQUESTS: Pace = Pace(times=10, within=timedelta(days=1))
    #: Invitations that one person may mail: each goes to somebody who did not ask for it.
    INVITATION_MAILS: Pace = Pace(times=200, within=timedelta(days=1))
    #: How long after sending people can take it back as if it was never there; nobody is told before it is over.
    UNDO_WINDOW: timedelta = timedelta(seconds=60)
    #: Where the hourly anchor over all heads of the access log is appended. None: no anchor is kept.
    AUDIT_ANCHOR_FILE: Path | None = None
    #: Settings of the services; each service documents its own keys.
    ACCOUNTS: dict[str, Any] = field(default_factory=dict)
    TEXT: dict[str, Any] = field(default_factory=dict)
    NOTIFY: dict[str, Any] = field(default_factory=dict)
    FORUM: dict[str, Any] = field(default_factory=dict)
    SEARCH: dict[str, Any] = field(default_factory=dict)
    PUSH: dict[str, Any] = field(default_factory=dict)
    STORAGE: dict[str, Any] = field(default_factory=dict)

    def key(self, purpose: str) -> bytes:
        """Derive a 32-byte key for one purpose, so that no two uses share a key.

        Args:
            purpose: a short constant, such as "audit".
        """
        material = self.KEY or settings.SECRET_KEY
        return hmac.new(material.encode(), f"groupspace:{purpose}".encode(), hashlib.sha256).digest()


def load() -> Conf:
    """Read the host's settings.

    Raises ImproperlyConfigured for a key that does not exist: a misspelt safety setting must not pass silently.
    """
    given = getattr(settings, "GROUPSPACE", {})
    unknown = set(given) - {f.name for f in fields(Conf)}
    if unknown:
        raise ImproperlyConfigured(f"GROUPSPACE has unknown keys: {', '.join(sorted(unknown))}.")
    return Conf(**given)


class _Current:
    """Reads the settings once, and again after a test changed them."""

    _loaded: Conf | None = None

    def __getattr__(self, name: str) -> Any:
        if self._loaded is None:
            type(self)._loaded = load()
        return getattr(self._loaded, name)


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting in {"GROUPSPACE", "SECRET_KEY"}:
        _Current._loaded = None


setting_changed.connect(_forget)
conf = _Current()
