"""Topics for sociability, which reports leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from groupspace.actions import require
from groupspace.forum.models import Topic

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def set_lounge(actor: Actor, topic: Topic, *, is_lounge: bool) -> None:
    """Make a topic a coffee corner, or an ordinary conversation again."""
    require(actor, "lounge", topic)
    Topic.objects.filter(pk=topic.pk).update(is_lounge=is_lounge)
