"""Tells the host of the plug-in, at start, what is missing or in the wrong order."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

_ACTOR = "groupspace.middleware.ActorMiddleware"
_BEFORE_ACTOR = (
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "groupspace.accounts.middleware.AccountMiddleware",
)


@register
def middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The actor stands after the log-in, the second factor and the rules for accounts."""
    order = list(settings.MIDDLEWARE)
    if _ACTOR not in order:
        return [Error(f"{_ACTOR} is missing.", hint="Add it to MIDDLEWARE.", id="groupspace.E001")]
    missing = [name for name in _BEFORE_ACTOR if name not in order[: order.index(_ACTOR)]]
    return [Error(f"{name} must stand in MIDDLEWARE, before {_ACTOR}.", id="groupspace.E002") for name in missing]


@register
def anonymous_user(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """django-guardian's anonymous account is a row that a grant could make public."""
    if getattr(settings, "ANONYMOUS_USER_NAME", "AnonymousUser") is None:
        return []
    return [Error("Set ANONYMOUS_USER_NAME = None.", hint="See docs/security.md.", id="groupspace.E003")]


@register
def atomic_requests(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """On SQLite a transaction round each request makes writers wait for readers."""
    if any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values()):
        return [
            checks.Warning("Switch ATOMIC_REQUESTS off; actions open their own transactions.", id="groupspace.W001")
        ]
    return []
