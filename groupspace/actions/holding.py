"""Letting others read what waited for whoever reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from groupspace import held, policy
from groupspace.actions.common import require, signature
from groupspace.audit import log

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def release(actor: Actor, thing: Any) -> None:
    """Let the others read an item, or what hangs under one; nothing happens when somebody else just did.

    Raises PermissionDenied for who may not, and for what hangs under an item that waits itself.
    """
    model = type(thing)
    through = policy.policy_of(model).through
    carrier = getattr(thing, through) if through else thing
    # The item first, as all who write in it do.
    type(carrier)._default_manager.select_for_update().get(pk=carrier.pk)
    model._default_manager.select_for_update().get(pk=thing.pk)
    space = carrier.space
    locked = held.load(model, thing.pk, space)
    require(actor, "view", locked)
    if locked.held_at is None:
        return
    require(actor, "release", locked)
    held.kind_holding(model).let_through(locked)
    log.record("post.released", actor=signature(actor, space), space_id=space.pk, obj=locked, authorisation="moderate")
