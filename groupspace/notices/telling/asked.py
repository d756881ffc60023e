"""Who lets people in is told that somebody asks to join: one notice, until they looked at who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.utils import timezone

from groupspace.notices.models import Reason
from groupspace.notices.telling.spread import members_with, write
from groupspace.permissions import Permission
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from groupspace.models import JoinRequest


def item_of(space_id: UUID, reason: str) -> UUID:
    """Under which id a notice about a page of a space stands, so that each is read on its own page."""
    return uuid5(space_id, str(reason))


def tell_of(request: JoinRequest) -> None:
    """Tell of a request, in the transaction in which it is made."""
    members = members_with(Permission.MANAGE_MEMBERS, request.space_id)
    item = item_of(request.space_id, Reason.ASKED)
    happening = Happening(space_id=request.space_id, item_id=item, at=timezone.now())
    write(happening, dict.fromkeys(members, Reason.ASKED.value))
