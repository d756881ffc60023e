"""What a member wants to hear about a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from groupspace.actions import require
from groupspace.forum.models import Follow

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.forum.models import Topic


@transaction.atomic
def set_level(actor: Actor, topic: Topic, level: str) -> None:
    """Hear of every new post ("follow"), of nothing ("mute"), or only when one is named or answered ("")."""
    require(actor, "follow", topic)
    mine = actor.spaces[topic.space_id].membership_id
    if not level:
        Follow.objects.filter(topic=topic, membership=mine).delete()
        return
    Follow.objects.update_or_create(topic=topic, membership_id=mine, defaults={"level": Follow.Level(level)})


def follow_by_itself(topic: Topic, membership_id: UUID) -> None:
    """Whoever writes in a topic follows it, unless they said otherwise before."""
    row = Follow(topic=topic, membership_id=membership_id, level=Follow.Level.FOLLOW)
    Follow.objects.bulk_create([row], ignore_conflicts=True)
