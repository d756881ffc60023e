"""Telling the space of a new post, at once or after a facilitator read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from groupspace.forum.finding import let_find
from groupspace.forum.mentions import save_mentions
from groupspace.stream.actions import tell

if TYPE_CHECKING:
    from groupspace.forum.models import Post


def announce(post: Post, at: datetime | None = None) -> None:
    """Write down in the stream that a post is there, and whom it names; from now on a search finds it."""
    let_find(post)
    named = save_mentions(post, is_new=True)
    if post.number == 1:
        tell(post.topic, "started", by=post.author_id, named=named, at=at)
    else:
        tell(post.topic, "replied", by=post.author_id, part_id=post.pk, named=named, at=at)


def let_through(post: Post) -> None:
    """Let the others read a post that waited. It comes last in its conversation, so nobody reads past it."""
    topic = type(post.topic).objects.get(pk=post.topic_id)
    topic.space = post.topic.space
    post.topic, post.held_at = topic, None
    if post.number > 1 and post.number < topic.last_number:
        post.number = topic.last_number = topic.last_number + 1
    post.save(update_fields=["held_at", "number"])
    if post.number == 1:
        topic.held_at = None
    topic.last_post_at = timezone.now()
    topic.save(update_fields=["held_at", "last_number", "last_post_at"])
    announce(post)
