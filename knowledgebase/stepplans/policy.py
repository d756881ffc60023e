"""Who may open a plan that somebody made, and who may keep one. It fails closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from knowledgebase.professionals import is_professional

from .models import Walk


def cookie_name(walk_id: UUID) -> str:
    """The cookie that holds the key of this walk; it is sent to the addresses of this walk alone."""
    return f"plan-{walk_id.hex[:12]}"


def key_in(request: HttpRequest, walk: Walk) -> str:
    """The key of this walk, when this browser holds it."""
    key = request.COOKIES.get(cookie_name(walk.pk), "")
    return key if walk.fits(key) else ""


def find_walk(request: HttpRequest, walk_id: UUID) -> Walk | None:
    """The walk, for who may open it: its owner, or the browser with the key while there is no owner."""
    walk = Walk.objects.alive().select_related("version__page", "approval").filter(pk=walk_id).first()
    if walk is None:
        return None
    is_own = walk.owner_id == request.user.pk if walk.owner_id else bool(key_in(request, walk))
    return walk if is_own else None


def walks_of(user: Any) -> Any:
    """The plans that this person keeps; the newest first."""
    return Walk.objects.filter(owner=user).select_related("version__page", "approval").order_by("-changed_at", "pk")


def may_keep(user: Any) -> bool:
    """Whether this person keeps plans and records decisions: somebody who works in the field, says the site."""
    return is_professional(user)
