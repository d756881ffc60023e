"""Keeps new recovery codes, sealed in the session, until their owner says to have them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from groupspace.accounts import recovery, seal

_CODES = "gs_codes"


def new_codes(request: HttpRequest, user: Any, next_url: str = "") -> None:
    """Make new recovery codes, to be shown on the page `account:codes`, which then leads on to `next_url`."""
    text = json.dumps({"codes": recovery.renew(user), "next": next_url})
    request.session[_CODES] = seal.seal(text, _context(user))


def codes(request: HttpRequest) -> dict[str, Any] | None:
    """The codes that wait to be written down, and where to go then."""
    sealed = request.session.get(_CODES)
    return json.loads(seal.unseal(sealed, _context(request.user))) if sealed else None


def forget(request: HttpRequest) -> None:
    """The owner has them."""
    request.session.pop(_CODES, None)


def _context(user: Any) -> str:
    return f"codes:{user.pk}"
