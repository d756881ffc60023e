"""What one member wants to hear and see under an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from groupspace.actions import require
from groupspace.models import MutedItem, MutedWords

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor


def with_choices(items: QuerySet[Any], membership_id: UUID | None) -> QuerySet[Any]:
    """Adds `is_muted`: this member wants to hear nothing of it, and `muted`: their words, one a line."""
    words = MutedWords.objects.filter(membership=membership_id).values("words")
    return items.annotate(
        is_muted=Exists(MutedItem.objects.filter(item_id=OuterRef("pk"), membership=membership_id)),
        muted=Coalesce(Subquery(words), Value(""), output_field=TextField()),
    )


@transaction.atomic
def mute(actor: Actor, item: Any, *, muted: bool) -> None:
    """Hear nothing more of an item, or again what the level of the space says."""
    require(actor, "view", item)
    mine = actor.spaces[item.space_id].membership_id
    if muted:
        MutedItem.objects.get_or_create(item_id=item.pk, membership_id=mine)
    else:
        MutedItem.objects.filter(item_id=item.pk, membership=mine).delete()
