"""Conversations that were prepared: kept, changed, and started by themselves when their moment comes."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from groupspace.actions import require
from groupspace.actor import actor_for
from groupspace.forum.actions import start_topic
from groupspace.forum.models import Scheduled

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space

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
    locked.stuck_at = None
    locked.save()


@transaction.atomic
def drop_prepared(actor: Actor, scheduled: Scheduled) -> None:
    """Throw away what waits; it was nowhere else."""
    require(actor, "delete", scheduled)
    scheduled.delete()


def publish_due() -> int:
    """Start every conversation whose moment has come; return how many. Bears a second run and a second worker."""
    due = Scheduled.objects.filter(at__lte=timezone.now(), stuck_at=None).order_by("at")
    return sum(_publish(pk) for pk in list(due.values_list("pk", flat=True)))


def _publish(pk: UUID) -> bool:
    with transaction.atomic():
        found = Scheduled.objects.filter(pk=pk, stuck_at=None).select_for_update(of=("self",))
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
            waiting.stuck_at = timezone.now()
            waiting.save(update_fields=["stuck_at"])
            logger.warning("a prepared conversation stays where it is: its author may not start it")
            return False
        except ValidationError:  # they wrote very much just now: the next run tries again
            return False
        waiting.delete()
    return True
