"""Tells the host of the plug-in, at start, what is missing or in the wrong order: one sentence that says what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

_ACTOR = "groupspace.middleware.ActorMiddleware"
_BEFORE_ACTOR = (
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "groupspace.accounts.middleware.AccountMiddleware",
)
_SEAL = "groupspace.text.middleware.SealMiddleware"
_HEADERS = "groupspace.headers.HeadersMiddleware"
_SQLITE = "django.db.backends.sqlite3"


@register
def middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The actor stands after the log-in, the second factor and the rules for accounts."""
    order = list(settings.MIDDLEWARE)
    if _ACTOR not in order:
        return [Error(f"Add {_ACTOR} to MIDDLEWARE.", id="groupspace.E001")]
    missing = [name for name in _BEFORE_ACTOR if name not in order[: order.index(_ACTOR)]]
    problems: list[CheckMessage] = [
        Error(f"Put {name} in MIDDLEWARE, before {_ACTOR}.", id="groupspace.E002") for name in missing
    ]
    if _SEAL not in order[order.index(_ACTOR) :]:
        problems.append(
            Error(f"Put {_SEAL} in MIDDLEWARE, after {_ACTOR}: it keeps what people typed.", id="groupspace.E004")
        )
    if _HEADERS not in order:
        problems.append(
            checks.Warning(f"Put {_HEADERS} first in MIDDLEWARE, unless you send such headers.", id="groupspace.W003")
        )
    return problems


@register
def anonymous_user(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """django-guardian's anonymous account is a row that a grant could make public."""
    if getattr(settings, "ANONYMOUS_USER_NAME", "AnonymousUser") is None:
        return []
    return [Error("Set ANONYMOUS_USER_NAME = None.", id="groupspace.E003")]


@register
def backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Grants are read through guardian's backend."""
    name = "guardian.backends.ObjectPermissionBackend"
    if name in settings.AUTHENTICATION_BACKENDS:
        return []
    return [Error(f"Add {name} to AUTHENTICATION_BACKENDS.", id="groupspace.E005")]


@register(Tags.urls)
def addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The pages of groups have an address that leads to them."""
    return reachable("groupspace:mine", 'path("groep/", include("groupspace.urls"))', "groupspace.E006")


def reachable(name: str, line: str, check_id: str) -> list[CheckMessage]:
    """Look whether a URL name leads to its own view.

    Args:
        name: the URL name, with its namespace.
        line: what the host should have in its urls.py.
        check_id: the id of the error.
    """
    try:
        found = resolve(reverse(name)).view_name
    except (NoReverseMatch, Resolver404):
        return [Error(f"Add to your urls.py: {line}.", id=check_id)]
    if found != name:
        return [Error(f"Put this in your urls.py before what catches every address: {line}.", id=check_id)]
    return []


@register
def databases(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Actions open their own transactions; SQLite must take its lock when they begin."""
    problems: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            problems.append(
                checks.Warning(
                    f"Take ATOMIC_REQUESTS out of DATABASES[{alias!r}]: it makes writers wait for readers.",
                    id="groupspace.W001",
                )
            )
        immediate = database.get("OPTIONS", {}).get("transaction_mode", "").upper() == "IMMEDIATE"
        if database.get("ENGINE") == _SQLITE and not immediate:
            problems.append(
                checks.Warning(
                    f'Set "transaction_mode": "IMMEDIATE" and "timeout": 20 in the OPTIONS of DATABASES[{alias!r}], '
                    "or people meet “database is locked”.",
                    id="groupspace.W002",
                )
            )
    return problems
