"""What an app above hears of people who ask and are answered, and of what they prepared, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from groupspace.models import JoinRequest, Lease, SpaceContent

_asked: list[Callable[[JoinRequest], None]] = []
_answered: list[Callable[[JoinRequest | Lease], None]] = []
_stuck: list[tuple[Callable[[SpaceContent, str], None], Callable[[UUID], None]]] = []


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


def hear_of_stuck(stuck: Callable[[SpaceContent, str], None], freed: Callable[[UUID], None]) -> None:
    """Let an app above know when something that was prepared could not be placed, and when that is over."""
    if (stuck, freed) not in _stuck:
        _stuck.append((stuck, freed))


def tell_stuck(item: SpaceContent, kind: str) -> None:
    """It could not be placed. `kind`: the slug of its kind."""
    for stuck, _freed in _stuck:
        stuck(item, kind)


def tell_freed(item_id: UUID) -> None:
    """It was placed after all, or changed, or taken away."""
    for _tell, freed in _stuck:
        freed(item_id)
