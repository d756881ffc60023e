"""What all actions share: asking the policy, naming the actor in the log, taking a name, taking effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from groupspace import grants, names, policy
from groupspace.models import Membership, Space

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.actor import Actor


def require(actor: Actor, action: str, obj: Any) -> None:
    """Ask the policy. Raises PermissionDenied, with the reason, when it refuses."""
    allow(policy.can(actor, action, obj))


def allow(verdict: policy.Verdict) -> None:
    """Go on only with a yes. Raises PermissionDenied, with the reason, for a no."""
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def own_membership(actor: Actor, space: Space) -> UUID:
    """The membership under which this actor acts here. Raises PermissionDenied for a stranger."""
    membership_id = actor.membership_in(space.pk)
    if membership_id is None:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    return membership_id


def signature(actor: Actor, space: Space) -> str:
    """How the access log names this actor in this space."""
    membership_id = actor.membership_in(space.pk)
    return f"member:{membership_id}" if membership_id else f"user:{actor.user_id}"


def check_name(space: Space, user_id: Any, display_name: str) -> None:
    """Refuse a name that is empty or, to a quick eye, taken in this space. Raises ValidationError."""
    if not display_name.strip():
        raise ValidationError({"display_name": _("Kies een naam. De groep ziet alleen die naam.")})
    taken = space.memberships.exclude(user_id=user_id).values_list("display_name", flat=True)
    if names.likeness(display_name) in map(names.likeness, taken):
        raise ValidationError({"display_name": _("Deze naam is in deze groep al in gebruik. Kies een andere.")})


def enter(membership: Membership) -> None:
    """Save a new or renewed membership and give it its grants. Raises ValidationError for fields that are wrong."""
    membership.full_clean(validate_unique=False, validate_constraints=False)
    membership.save()
    grants.sync(membership)
