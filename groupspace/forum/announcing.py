"""Telling the space of a new post, at once or after a facilitator read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from groupspace.forum.finding import let_find
from groupspace.forum.mentions import save_mentions
from groupspace.permissions import Permission
from groupspace.stream.actions import tell

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.forum.models import Post
    from groupspace.models import Space


def is_held_for(actor: Actor, space: Space) -> bool:
    """Whether what this member writes waits for a facilitator."""
    return space.approve_first and Permission.MODERATE not in actor.permissions_in(space.pk)


def announce(post: Post, at: datetime | None = None) -> None:
    """Write down in the stream that a post is there, and whom it names; from now on a search finds it."""
    let_find(post)
    named = save_mentions(post, is_new=True)
    if post.number == 1:
        tell(post.topic, "started", by=post.author_id, named=named, at=at)
    else:
        tell(post.topic, "replied", by=post.author_id, part_id=post.pk, named=named, at=at)
