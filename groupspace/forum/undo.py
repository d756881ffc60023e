"""Taking back what was posted a moment ago, as if it was never there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from groupspace.actions import require
from groupspace.forum import actions
from groupspace.forum.attachments import drop_under
from groupspace.forum.finding import lose
from groupspace.forum.models import Post, ReadMark, Topic
from groupspace.stream.actions import forget

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def undo_post(actor: Actor, post: Post) -> bool:
    """Take back one's own post within the minute; return whether the whole topic went with it.

    When others have answered in the meantime its place stays, as when it is taken away.
    """
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    locked = Post.objects.select_for_update().get(pk=post.pk)
    topic.space = post.topic.space
    locked.topic = topic
    require(actor, "undo", locked)
    if locked.number != topic.last_number or locked.reaction_count:
        actions.delete_post(actor, locked)
        return False
    if locked.number == 1:
        actions.take_away(topic)
        return True
    lose(locked)
    drop_under(Post.objects.filter(pk=locked.pk))
    forget(part_id=locked.pk)
    locked.delete()
    last = topic.posts.aggregate(number=Max("number"), at=Max("created_at"))
    Topic.objects.filter(pk=topic.pk).update(last_number=last["number"], last_post_at=last["at"])
    # Whoever saw it already would otherwise miss the next post, which gets its number.
    ReadMark.objects.filter(topic=topic, last_number__gt=last["number"]).update(last_number=last["number"])
    return False
