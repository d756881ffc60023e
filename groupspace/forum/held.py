"""Posts that wait for a facilitator, in spaces where one reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from groupspace import policy
from groupspace.actions import require, signature
from groupspace.audit import log
from groupspace.forum.announcing import announce
from groupspace.forum.models import Post, Topic

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.forum.querysets import PostQuerySet
    from groupspace.models import Space


def waiting(actor: Actor, space: Space) -> PostQuerySet:
    """What waits in this space, the oldest first, as far as this actor may read it."""
    found = Post.objects.filter(topic__space=space, held_at__isnull=False, deleted_at=None)
    return policy.visible(actor, found).with_author().select_related("topic").order_by("held_at")


@transaction.atomic
def release_post(actor: Actor, post: Post) -> None:
    """Let the others read it. It comes last in its conversation, so nobody reads past it."""
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    topic.space = post.topic.space
    locked = Post.objects.select_for_update().get(pk=post.pk)
    topic.took_part = True  # the page found the post as the policy shows it
    locked.topic = topic
    require(actor, "release", locked)
    locked.held_at = None
    if locked.number > 1 and locked.number < topic.last_number:
        locked.number = topic.last_number = topic.last_number + 1
    locked.save(update_fields=["held_at", "number"])
    topic.is_held = topic.is_held and locked.number > 1
    topic.last_post_at = timezone.now()
    topic.save(update_fields=["is_held", "last_number", "last_post_at"])
    announce(locked)
    log.record(
        "post.released",
        actor=signature(actor, topic.space),
        space_id=topic.space_id,
        obj=locked,
        authorisation="moderate",
    )
