"""Who works in the field: what the knowledge base asks of this site."""

from __future__ import annotations

from typing import Any

from groupspace.actor import Actor


def is_professional(user: Any) -> bool:
    """Whether an organisation vouches for this person, and the second step of the log-in was done in this session."""
    is_verified = getattr(user, "is_verified", None)
    verified = bool(user.is_active and is_verified and is_verified())
    return Actor(user_id=user.pk, verified=verified).is_professional
