"""Who wants to hear of something that happened in a conversation, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from groupspace.forum.models import Follow, Post, Topic
from groupspace.models import Audience, Membership, SpaceGrant
from groupspace.permissions import Permission

if TYPE_CHECKING:
    from groupspace.stream.models import Happening

NAMED, ANSWERED, FOLLOWED = "named", "answered", "followed"


def hearers(happening: Happening) -> dict[UUID, str]:
    """The memberships that want to hear of this happening, with the reason: "named", "answered" or "followed".

    Only active members who may read it, never its author, nor whoever muted the topic. Of several reasons the
    most personal counts. Empty when the topic or the post is gone, or still waits for a facilitator.
    """
    topic = Topic.objects.filter(pk=happening.item_id, is_held=False).first()
    if topic is None:
        return {}
    levels = dict(Follow.objects.filter(topic=topic).values_list("membership_id", "level"))
    # "named" tells of new names in an old post: nobody else has to hear of that.
    followers = (
        [pk for pk, level in levels.items() if level == Follow.Level.FOLLOW] if happening.verb != "named" else []
    )
    reasons = dict.fromkeys(followers, FOLLOWED)
    if happening.part_id is not None:
        posts = Post.objects.filter(pk=happening.part_id, deleted_at=None, held_at=None)
        part = posts.values_list("quoted__author", flat=True)
        if not part:
            return {}
        if part[0] is not None and happening.verb != "named":
            reasons[part[0]] = ANSWERED
    reasons |= {UUID(pk): NAMED for pk in happening.named}
    muted = {pk for pk, level in levels.items() if level == Follow.Level.MUTE}
    asked = reasons.keys() - muted - {happening.author_id}
    return {pk: reasons[pk] for pk in _readers(topic, asked)}


def _readers(topic: Topic, asked: set[UUID]) -> list[UUID]:
    """Those among these members who may read the topic."""
    found = Membership.objects.active().filter(space=topic.space_id, pk__in=asked)
    granted = SpaceGrant.objects.filter(content_object=topic.space_id)
    found = found.filter(user__in=granted.filter(permission__codename=Permission.VIEW_SPACE).values("user"))
    if topic.audience != Audience.SPACE:
        allowed = {topic.author_id}
        if topic.audience == Audience.FACILITATORS:
            leaders = granted.filter(permission__codename=Permission.FACILITATE).values("user")
            allowed |= set(
                Membership.objects.filter(space=topic.space_id, user__in=leaders).values_list("pk", flat=True)
            )
        found = found.filter(pk__in=allowed)
    return list(found.values_list("pk", flat=True))
