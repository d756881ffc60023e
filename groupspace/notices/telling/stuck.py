"""Telling who prepared something, and who leads, that it could not be placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from groupspace import later
from groupspace.kinds import Line, all_kinds
from groupspace.models import Membership, SpaceGrant
from groupspace.notices.models import Notice, Reason
from groupspace.notices.telling.spread import write
from groupspace.permissions import Permission
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from groupspace.actor import Actor


def tell_of_stuck(thing: Any, kind: str) -> None:
    """Tell of something that waits for its moment and could not be placed: the author, and who leads the space."""
    leading = SpaceGrant.objects.filter(content_object=thing.space_id, permission__codename=Permission.FACILITATE)
    whom = Q(pk=thing.author_id) | Q(user__in=leading.values("user"))
    members = Membership.objects.active().filter(whom, space=thing.space_id)
    happening = Happening(space_id=thing.space_id, kind=kind, item_id=thing.pk, at=timezone.now())
    write(happening, dict.fromkeys(members.values_list("pk", flat=True), Reason.STUCK))


def forget(thing_id: UUID) -> None:
    """It was placed after all, or changed, or thrown away: nobody needs to hear of it."""
    Notice.objects.filter(item_id=thing_id, reason=Reason.STUCK).delete()


def stuck_lines(actor: Actor, notices: Iterable[Notice]) -> dict[UUID, Line]:
    """What these notices are about, as far as the actor may see it; a statement for each kind that has some."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for notice in notices:
        if notice.reason == Reason.STUCK:
            wanted[notice.kind].append(notice.item_id)
    found: dict[UUID, Line] = {}
    for kind in all_kinds():
        if kind.prepares and kind.slug in wanted:
            found |= later.stuck_lines(actor, kind, wanted[kind.slug])
    return found
