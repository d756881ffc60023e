"""Members who are named in a text with "@Naam"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from groupspace.models import Membership
from groupspace.permissions import Permission
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space

# A name begins after the sign, and the sign not in the middle of a word: an e-mail address names nobody.
_SIGN = re.compile(r"(?<!\w)@(?=\w)")


def names_to_offer(actor: Actor, space: Space) -> list[str]:
    """The names that this member may fill in: of who is in the list of members, as far as they may see that list."""
    access = actor.spaces[space.pk]
    if not (space.members_listed or Permission.FACILITATE in access.permissions):
        return []
    return sorted(_members(space.pk, but=access.membership_id), key=str.casefold)


def named_in(html: str, space_id: UUID, *, by: UUID) -> set[UUID]:
    """The memberships that a text names; no statement when it has no sign in it.

    Args:
        by: who wrote it, and cannot name themselves.
    """
    return find(html, _members(space_id, but=by)) if "@" in html else set()


def find(html: str, members: Mapping[str, UUID]) -> set[UUID]:
    """Which members a text names. Of two names that fit, the longest: "@Anna Maria" does not name Anna."""
    by_length = sorted(((name.casefold(), pk) for name, pk in members.items()), key=lambda pair: -len(pair[0]))
    text = to_plain(html).casefold()
    found = set()
    for sign in _SIGN.finditer(text):
        for name, pk in by_length:
            end = sign.end() + len(name)
            if text.startswith(name, sign.end()) and not text[end : end + 1].isalnum():
                found.add(pk)
                break
    return found


def _members(space_id: UUID, *, but: UUID) -> dict[str, UUID]:
    listed = Membership.objects.active().filter(space=space_id, is_listed=True, user__isnull=False).exclude(pk=but)
    return dict(listed.values_list("display_name", "pk"))
