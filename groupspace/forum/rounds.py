"""A round: everybody answers once, and reads the others after that, or after passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from groupspace.actions import own_membership, require
from groupspace.forum.models import RoundPass, Topic

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def pass_round(actor: Actor, topic: Topic) -> None:
    """Let a round pass: one reads the others without answering. Answering later stays possible."""
    mine = own_membership(actor, topic.space)
    current = Topic.objects.with_reader(mine).get(pk=topic.pk)
    require(actor, "pass", current)
    RoundPass.objects.bulk_create([RoundPass(topic=current, membership_id=mine)], ignore_conflicts=True)
