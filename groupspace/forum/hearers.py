"""Whom something that happened in a conversation concerns, and why. Who may read it, the notices ask the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from groupspace.forum.models import Follow, Post, ReadMark

if TYPE_CHECKING:
    from groupspace.stream.models import Happening

NAMED, ANSWERED, FOLLOWED, MUTED = "named", "answered", "followed", "muted"
#: What `Follow` says, as a reason.
_REASONS = {Follow.Level.FOLLOW: FOLLOWED, Follow.Level.MUTE: MUTED}


def hearers(happening: Happening) -> dict[UUID, str]:
    """The memberships that a happening concerns, with the most personal reason: "named", "answered" or "followed".

    Whoever muted the topic is "muted", whatever else there is to tell. Never its own author.
    """
    levels = dict(Follow.objects.filter(topic=happening.item_id).values_list("membership_id", "level"))
    said = {pk: _REASONS[Follow.Level(level)] for pk, level in levels.items()}
    reasons: dict[UUID, str] = {}
    if happening.verb != "named":  # that tells of a new name in an old post, and concerns nobody else
        reasons = {pk: reason for pk, reason in said.items() if reason == FOLLOWED}
        if happening.part_id:
            part = Post.objects.filter(pk=happening.part_id, quoted__isnull=False, deleted_at=None)
            reasons |= dict.fromkeys(part.values_list("quoted__author", flat=True), ANSWERED)
    reasons |= {UUID(pk): NAMED for pk in happening.named}
    reasons |= {pk: reason for pk, reason in said.items() if reason == MUTED}
    reasons.pop(happening.author_id, None)
    return reasons


def have_read(happening: Happening) -> set[UUID]:
    """The memberships to whom the post was shown. A name that was added later is news to who read the post before."""
    if happening.verb == "named":
        return set()
    number = 1
    if happening.part_id:
        number = Post.objects.filter(pk=happening.part_id).values_list("number", flat=True).first() or 1
    marks = ReadMark.objects.filter(topic=happening.item_id, last_number__gte=number)
    return set(marks.values_list("membership_id", flat=True))
