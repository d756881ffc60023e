"""What waits, for whoever reads first or for its moment: who knows of it, and what it asks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from groupspace.permissions import Permission

if TYPE_CHECKING:
    from django.db.models import Model

    from groupspace.actor import Access, Actor


#: What an action asks of anything that can wait, for whoever reads first or for its moment.
NEEDS_WHAT_WAITS = {
    "release": Permission.MODERATE,
    "prepare": Permission.PREPARE,
    "take_away": Permission.PREPARE,
}
#: What the author of anything that waits may do as long as they can read, as with `author_always`.
AUTHOR_OF_WHAT_WAITS = frozenset({"take_away"})
#: Who sees what another prepared.
SEES_PREPARED = frozenset({Permission.PREPARE, Permission.FACILITATE})


def can_wait(model: type[Model], through: str = "") -> bool:
    """Whether rows of a model, or of the one that it hangs under, can wait for whoever reads first."""
    return _has(model, through, "held_at")


def can_be_prepared(model: type[Model], through: str = "") -> bool:
    """Whether rows of a model, or of the one that it hangs under, can wait for their moment."""
    return _has(model, through, "prepared_for")


@cache
def _has(model: type[Model], through: str, name: str) -> bool:
    carrier: Any = model._meta.get_field(through).related_model if through else model
    return any(field.name == name for field in carrier._meta.fields)


def known_to(actor: Actor, path: str, space: str) -> Q:
    """What does not wait; and of what does, one's own and what one moderates."""
    mine = [access.membership_id for access in actor.spaces.values()]
    known = Q(**{f"{path}held_at__isnull": True}) | Q(**{f"{path}author__in": mine})
    if moderated := actor.spaces_with(Permission.MODERATE):
        known |= Q(**{space: moderated})
    return known


def waits_unseen(access: Access, obj: Any) -> bool:
    """Whether something waits for another than this actor: the same rule as `known_to`, for one object."""
    if getattr(obj, "held_at", None) is None or obj.author_id == access.membership_id:
        return False
    if getattr(obj, "prepared_for", None) is not None:
        return not access.permissions >= SEES_PREPARED
    return Permission.MODERATE not in access.permissions
