"""What one member wants to hear and see under an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from groupspace.actions import require
from groupspace.models import Membership, MutedItem, MutedWords

if TYPE_CHECKING:
    from groupspace.actor import Actor


def choices_of(actor: Actor, item: Any) -> tuple[bool, str]:
    """Whether this member muted the item, and the words that fold texts for them; one statement."""
    me = Membership.objects.filter(pk=actor.membership_in(item.space_id))
    muted = MutedItem.objects.filter(item_id=item.pk, membership=OuterRef("pk"))
    words = MutedWords.objects.filter(membership=OuterRef("pk")).values("words")
    found = me.values_list(Exists(muted), Subquery(words)).first()
    return (found[0], found[1] or "") if found else (False, "")


@transaction.atomic
def mute(actor: Actor, item: Any, *, muted: bool) -> None:
    """Hear nothing more of an item, or again what the level of the space says."""
    require(actor, "view", item)
    mine = actor.spaces[item.space_id].membership_id
    if muted:
        MutedItem.objects.get_or_create(item_id=item.pk, membership_id=mine)
    else:
        MutedItem.objects.filter(item_id=item.pk, membership=mine).delete()
