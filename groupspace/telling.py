"""What an app above hears of people who ask and are answered, in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groupspace.models import JoinRequest, Lease

_asked: list[Callable[[JoinRequest], None]] = []
_answered: list[Callable[[JoinRequest | Lease], None]] = []


def hear(*, asked: Callable[[JoinRequest], None], answered: Callable[[JoinRequest | Lease], None]) -> None:
    """Let an app above know when somebody asks to join, and when somebody else answered a request or a lease."""
    if asked not in _asked:
        _asked.append(asked)
    if answered not in _answered:
        _answered.append(answered)


def tell_asked(request: JoinRequest) -> None:
    """Somebody asked to join."""
    for hearer in _asked:
        hearer(request)


def tell_answered(thing: JoinRequest | Lease) -> None:
    """Somebody else decided about what an account asked."""
    for hearer in _answered:
        hearer(thing)
