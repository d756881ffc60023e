"""A warning that whoever moderates puts before another's post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from groupspace.actions import require, signature
from groupspace.audit import log
from groupspace.forum.finding import let_find
from groupspace.forum.models import Post

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def set_note(actor: Actor, post: Post, note: str) -> None:
    """Put a warning before another's post, or take it away; whoever moderates may, and its author cannot undo it."""
    locked = Post.objects.select_related("topic__space").select_for_update(of=("self",)).get(pk=post.pk)
    locked.topic = post.topic
    require(actor, "warn", locked)
    locked.note = note
    locked.is_warned = bool(note) and locked.author_id != actor.membership_in(post.topic.space_id)
    locked.save(update_fields=["note", "is_warned"])
    if locked.held_at is None:
        let_find(locked)
    space = post.topic.space
    log.record("post.warned", actor=signature(actor, space), space_id=space.pk, obj=locked, authorisation="moderate")
