"""Letting what was prepared come: at its moment by itself, or now by hand; giving it another moment, or none."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace import later
from groupspace.actions.common import require, signature
from groupspace.actor import actor_for
from groupspace.audit import log
from groupspace.kinds import Kind, kind_of, kinds_in
from groupspace.models import Membership, Stuck
from groupspace.permissions import WRITABLE
from groupspace.telling import tell_freed, tell_stuck

if TYPE_CHECKING:
    from groupspace.actor import Actor

logger = logging.getLogger(__name__)


def put_by(actor: Actor, item: Any, at: datetime | None) -> None:
    """Let an item that is being made wait for its moment; nothing happens without one. The caller saves it.

    Raises PermissionDenied for who may not prepare, ValidationError for a moment that cannot be.
    """
    if at is None:
        return
    require(actor, "prepare", item.space)
    later.check_moment(kind_of(type(item)), item, at)
    item.held_at, item.prepared_for = timezone.now(), at


@transaction.atomic
def change_moment(actor: Actor, kind: Kind, item: Any, *, at: datetime) -> None:
    """Give what was prepared another moment; a new try when it got stuck.

    Raises ValidationError for a moment that cannot be.
    """
    locked = _lock(kind, item)
    require(actor, "prepare", locked)
    later.check_moment(kind, locked, at)
    _set_moment(locked, at)
    _log(actor, locked, "prepared.moved")


def place_now(actor: Actor, kind: Kind, item: Any) -> str:
    """Let what was prepared come now, as its author, of whom is asked what its own moment would ask.

    Returns why it could not, in a sentence; nothing when it came.
    """
    with transaction.atomic():
        locked = _lock(kind, item)
        require(actor, "prepare", locked)
        chosen = locked.prepared_for
        _set_moment(locked, timezone.now())
        _log(actor, locked, "prepared.placed")
    if _place(kind, item.pk):
        return ""
    with transaction.atomic():
        left = later.model_of(kind)._default_manager.select_for_update().filter(pk=item.pk).first()
        if left is None:
            return ""
        why = str(left.get_stuck_display())
        if why and chosen > timezone.now():  # its own moment is still to come
            _set_moment(left, chosen)
    return why or _("Het lukt nu niet. Over een minuut gaat het vanzelf nog een keer.")


@transaction.atomic
def take_away(actor: Actor, kind: Kind, item: Any) -> None:
    """Throw away what was prepared; it was nowhere else."""
    locked = _lock(kind, item)
    require(actor, "take_away", locked)
    _log(actor, locked, "prepared.removed")
    tell_freed(locked.pk)
    kind.take_away(locked)


def try_again(item: Any) -> None:
    """What stood in the way of something that was prepared may be gone: its words were changed."""
    if item.prepared_for is not None and item.stuck:
        _set_moment(item, item.prepared_for)


def place_due() -> int:
    """Let everything come of which the moment came; return how many. Bears a second run and a second worker.

    What could not be placed for a cause that passes is tried again, for as long as its words can be expected to fit.
    """
    return sum(_place(kind, pk) for kind, pk in later.due())


def _place(kind: Kind, pk: UUID) -> bool:
    with transaction.atomic():
        found = later.due_of(kind).filter(pk=pk).select_for_update(of=("self",))
        item = found.select_related("space", "author__user").first()
        if item is None:  # another worker was first
            return False
        # Whoever has power over others prepared this after their second step.
        actor = actor_for(item.author.user or AnonymousUser(), verified=True, within=item.space_id)
        if why := _why_not(kind, item, actor):
            _note_stuck(kind, item, why)
            return False
        try:
            with transaction.atomic():
                kind.place(actor, item)
        except PermissionDenied:
            _note_stuck(kind, item, _why_refused(item, actor))
            return False
        except ValidationError:  # they wrote very much just now: the next run tries again
            return False
        tell_freed(pk)
    return True


def _why_not(kind: Kind, item: Any, actor: Actor) -> Stuck | None:
    if kind not in kinds_in(item.space):
        return Stuck.OFF
    try:
        for action in ("prepare", kind.adds):
            require(actor, action, item.space)
        kind.check_moment(item, timezone.now())
    except PermissionDenied:
        return _why_refused(item, actor)
    except ValidationError:
        return Stuck.OVER
    return None


def _why_refused(item: Any, actor: Actor) -> Stuck:
    access = actor.spaces.get(item.space_id)
    if item.author.state == Membership.State.SUSPENDED:
        return Stuck.PAUSED
    if item.space.state not in WRITABLE:
        return Stuck.SHUT
    if access is None:
        return Stuck.GONE
    return Stuck.AGREE if access.must_agree else Stuck.ROLE


def _note_stuck(kind: Kind, item: Any, why: Stuck) -> None:
    """Remember why; the first time its author and who leads are told."""
    if item.stuck == why:
        return
    if not item.stuck:
        tell_stuck(item, kind.slug)
    item.stuck = why
    item.save(update_fields=["stuck"])
    logger.warning("something that was prepared stays where it is: %s", why)


def _set_moment(item: Any, at: datetime) -> None:
    item.prepared_for, item.stuck = at, ""
    item.save(update_fields=["prepared_for", "stuck"])
    tell_freed(item.pk)


def _lock(kind: Kind, item: Any) -> Any:
    return later.model_of(kind)._default_manager.select_related("space").select_for_update(of=("self",)).get(pk=item.pk)


def _log(actor: Actor, item: Any, event: str) -> None:
    if item.author_id != actor.membership_in(item.space_id):
        by = signature(actor, item.space)
        log.record(event, actor=by, space_id=item.space_id, obj=item, authorisation="prepare")
