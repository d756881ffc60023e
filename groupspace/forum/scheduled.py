"""Conversations that were prepared: kept, changed, and started when the core says that their moment came."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from groupspace.actions import require
from groupspace.forum.actions import start_topic
from groupspace.forum.models import Scheduled
from groupspace.telling import tell_freed

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space


@transaction.atomic
def prepare(actor: Actor, space: Space, *, title: str, body: str, sort: str, audience: str, at: datetime) -> Scheduled:
    """Keep a conversation until its moment; it starts by itself, as this member."""
    require(actor, "prepare", space)
    mine = actor.spaces[space.pk].membership_id
    return Scheduled.objects.create(
        space=space,
        author_id=mine,
        title=title,
        body=body,
        sort=sort,
        audience=audience,
        prepared_for=at,
        held_at=timezone.now(),
    )


@transaction.atomic
def change_prepared(actor: Actor, scheduled: Scheduled, **fields: Any) -> None:
    """Change what waits. A new moment is a new try when it got stuck."""
    locked = Scheduled.objects.select_for_update().get(pk=scheduled.pk)
    for action in ("edit", "prepare"):
        require(actor, action, locked)
    for name in ("title", "body", "sort", "audience"):
        setattr(locked, name, fields[name])
    locked.prepared_for, locked.stuck = fields["at"], ""
    locked.save()
    tell_freed(locked.pk)


def start(actor: Actor, waiting: Scheduled) -> None:
    """Start a conversation of which the moment came. Raises ValidationError when its author wrote very much."""
    start_topic(
        actor,
        waiting.space,
        title=waiting.title,
        body=waiting.body,
        sort=waiting.sort,
        audience=waiting.audience,
    )
    waiting.delete()
