"""What a session knows about itself and its person, and when it ends.

All of it stands in the session's own data, so that a request asks the database for nothing more than the session.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from groupspace.accounts.browsers import label_of
from groupspace.accounts.conf import Limits, accounts_conf
from groupspace.accounts.models import AccountSettings, Session
from groupspace.accounts.required import second_factor_required
from groupspace.accounts.sessions import DATA


def start(request: HttpRequest, user: Any) -> None:
    """Begin a session for somebody who just logged in."""
    now = int(time.time())
    request.session[DATA] = {
        "id": str(uuid.uuid4()),
        "since": now,
        "seen": now,
        "shared": False,
        "label": label_of(request.headers.get("User-Agent", "")),
        **_facts(user),
    }


def mark_shared(request: HttpRequest) -> None:
    """Make this the short session of a computer that others use too: gone when the browser closes."""
    _update(request, shared=True)
    request.session.set_expiry(0)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password was typed in this session a moment ago."""
    known = data(request)
    return time.time() - max(known["since"], known.get("proved", 0)) < accounts_conf().FRESH.total_seconds()


def mark_fresh(request: HttpRequest) -> None:
    """Remember that the password was typed just now."""
    _update(request, proved=int(time.time()))


def refresh(request: HttpRequest) -> None:
    """Read again what the session knows about its person; at most once in a few minutes, and after a change."""
    _update(request, seen=int(time.time()), **_facts(request.user))


def data(request: HttpRequest) -> dict[str, Any]:
    """What the session knows; a session that was not begun by `start` is begun here."""
    if DATA not in request.session:
        start(request, request.user)
    return request.session[DATA]


def limits(known: dict[str, Any]) -> Limits:
    """How long a session may last."""
    conf = accounts_conf()
    if known["shared"]:
        return conf.SHARED
    return conf.STAFF if known["required"] else conf.CLIENT


def has_expired(known: dict[str, Any], now: float) -> bool:
    """Whether a session lasted too long, or too long without anything being done."""
    limit = limits(known)
    return now - known["seen"] >= limit.idle.total_seconds() or now - known["since"] >= limit.absolute.total_seconds()


def end_all(user: Any, *, but: str | None = None) -> int:
    """Log an account out everywhere.

    Args:
        but: the session key that stays.

    Returns how many sessions ended.
    """
    return Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def is_logged_in(request: HttpRequest) -> bool:
    """Whether the session belongs to an account; asks for nothing when the browser sent no session."""
    return SESSION_KEY in request.session


def _facts(user: Any) -> dict[str, Any]:
    from groupspace.accounts.factors import has_second_factor

    chosen = AccountSettings.objects.filter(user=user).first()
    return {
        "required": second_factor_required(user),
        "factor": has_second_factor(user),
        "language": chosen.language if chosen else "",
        "zone": chosen.time_zone if chosen else "",
        "known": int(time.time()),
    }


def _update(request: HttpRequest, **values: Any) -> None:
    request.session[DATA] = {**data(request), **values}
