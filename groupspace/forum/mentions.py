"""Whom a post names: kept while it stands, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groupspace.forum.models import Mention, Post
from groupspace.mentions import named_in

if TYPE_CHECKING:
    from uuid import UUID


def save_mentions(post: Post, *, is_new: bool = False) -> list[UUID]:
    """Keep whom a post names now; return the memberships that it did not name before."""
    named = named_in(post.body, post.topic.space_id, by=post.author_id)
    before = set() if is_new else set(post.mentions.values_list("membership_id", flat=True))
    if before - named:
        post.mentions.exclude(membership__in=named).delete()
    new = sorted(named - before)
    if new:
        Mention.objects.bulk_create([Mention(post=post, membership_id=pk) for pk in new], ignore_conflicts=True)
    return new
