"""Conversations that were prepared: kept, changed, and started by themselves when their moment comes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from groupspace import policy
from groupspace.actions import require
from groupspace.actor import actor_for
from groupspace.forum.actions import start_topic
from groupspace.forum.models import Scheduled, Topic
from groupspace.kinds import Line, slug_of
from groupspace.models import Membership
from groupspace.notices.stuck import forget, tell_of_stuck
from groupspace.permissions import WRITABLE

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space

#: Words of longer ago are not placed by themselves any more: the group is elsewhere by then.
STILL_FITS = timedelta(days=14)

logger = logging.getLogger(__name__)


@transaction.atomic
def prepare(actor: Actor, space: Space, *, title: str, body: str, sort: str, audience: str, at: datetime) -> Scheduled:
    """Keep a conversation until its moment; it starts by itself, as this member."""
    require(actor, "prepare", space)
    mine = actor.spaces[space.pk].membership_id
    return Scheduled.objects.create(
        space=space, author_id=mine, title=title, body=body, sort=sort, audience=audience, at=at
    )


@transaction.atomic
def change_prepared(actor: Actor, scheduled: Scheduled, **fields: Any) -> None:
    """Change what waits. A new moment is a new try when it got stuck."""
    locked = Scheduled.objects.select_for_update().get(pk=scheduled.pk)
    require(actor, "edit", locked)
    for name in ("title", "body", "sort", "audience", "at"):
        setattr(locked, name, fields[name])
    locked.stuck = ""
    locked.save()
    forget(locked.pk)


@transaction.atomic
def drop_prepared(actor: Actor, scheduled: Scheduled) -> None:
    """Throw away what waits; it was nowhere else."""
    require(actor, "delete", scheduled)
    forget(scheduled.pk)
    scheduled.delete()


def publish_due() -> int:
    """Start every conversation whose moment has come; return how many. Bears a second run and a second worker.

    What could not be placed for a cause that passes is tried again, for as long as its words can be expected to fit.
    """
    return sum(_publish(pk) for pk in list(_due().order_by("at").values_list("pk", flat=True)))


def stuck_lines(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Line]:
    """What among these was not placed, and why, for who may see it; one statement."""
    found = policy.visible(actor, Scheduled.objects.filter(pk__in=list(ids))).exclude(stuck="")
    address = "groupspace:gesprekken:scheduled-edit"
    return {
        one.pk: Line(f"{one.title}. {one.get_stuck_display()}", reverse(address, args=[one.space_id, one.pk]))
        for one in found
    }


def _due() -> Any:
    now = timezone.now()
    again = Q(stuck__in=Scheduled.PASSING, at__gt=now - STILL_FITS)
    return Scheduled.objects.filter(Q(stuck="") | again, at__lte=now)


def _publish(pk: UUID) -> bool:
    with transaction.atomic():
        found = _due().filter(pk=pk).select_for_update(of=("self",))
        waiting = found.select_related("space", "author__user").first()
        if waiting is None:  # another worker was first
            return False
        # Whoever has power over others prepared this after their second step.
        actor = actor_for(waiting.author.user or AnonymousUser(), verified=True, within=waiting.space_id)
        try:
            with transaction.atomic():
                require(actor, "prepare", waiting.space)
                start_topic(
                    actor,
                    waiting.space,
                    title=waiting.title,
                    body=waiting.body,
                    sort=waiting.sort,
                    audience=waiting.audience,
                )
        except PermissionDenied:
            _note_stuck(waiting, _why(waiting, actor))
            return False
        except ValidationError:  # they wrote very much just now: the next run tries again
            return False
        forget(waiting.pk)
        waiting.delete()
    return True


def _why(waiting: Scheduled, actor: Actor) -> Scheduled.Stuck:
    access = actor.spaces.get(waiting.space_id)
    if waiting.author.state == Membership.State.SUSPENDED:
        return Scheduled.Stuck.PAUSED
    if waiting.space.state not in WRITABLE:
        return Scheduled.Stuck.SHUT
    if access is None:
        return Scheduled.Stuck.GONE
    return Scheduled.Stuck.AGREE if access.must_agree else Scheduled.Stuck.ROLE


def _note_stuck(waiting: Scheduled, why: Scheduled.Stuck) -> None:
    """Remember why; the first time its author and who leads are told."""
    if waiting.stuck == why:
        return
    if not waiting.stuck:
        tell_of_stuck(waiting, kind=slug_of(Topic))
    waiting.stuck = why
    waiting.save(update_fields=["stuck"])
    logger.warning("a prepared conversation stays where it is: %s", why)
