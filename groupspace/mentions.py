"""Members who are named in a text with "@Naam"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from groupspace import policy
from groupspace.models import Membership
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Space

# A name begins after the sign, and the sign not in the middle of a word: an e-mail address names nobody.
_SIGN = re.compile(r"(?<!\w)@(?=\w)")


def names_to_offer(actor: Actor, space: Space) -> list[str]:
    """The names that this member may fill in: of whom the rules show them, less who took themselves off the list."""
    shown = policy.visible(actor, _nameable(space.pk, but=actor.spaces[space.pk].membership_id))
    return sorted(shown.values_list("display_name", flat=True), key=str.casefold)


def named_in(html: str, space_id: UUID, *, by: UUID) -> set[UUID]:
    """The memberships that a text names; no statement when it has no sign in it.

    Args:
        by: who wrote it, and cannot name themselves.
    """
    if "@" not in html:
        return set()
    return find(html, dict(_nameable(space_id, but=by).values_list("display_name", "pk")))


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


def _nameable(space_id: UUID, *, but: UUID) -> QuerySet[Membership]:
    """Who is in the list of members, and who has power over others: the list shows them whatever they chose."""
    named = Q(is_listed=True) | Q(role__in=policy.roles_with_power())
    return Membership.objects.active().filter(named, space=space_id, user__isnull=False).exclude(pk=but)
