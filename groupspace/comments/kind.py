"""What kinds with comments have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from groupspace.comments import actions
from groupspace.comments.models import Comment
from groupspace.kinds import Kind, Waits
from groupspace.models import MutedItem


class CommentedKind(Kind):
    """A kind of which the items take comments."""

    def announce(self, thing: Any) -> None:
        if isinstance(thing, Comment):
            actions.announce(thing)
        else:
            self.announce_item(thing)

    def take_away(self, item: Any) -> None:
        actions.take_away(item)

    def hearers(self, happening: Any) -> dict[UUID, str]:
        """As for any item; and whoever commented before follows what others say there."""
        reasons: dict[UUID, str] = {}
        if happening.verb == "commented":
            before = self._comments().filter(item=happening.item_id, deleted_at=None).exclude(pk=happening.part_id)
            reasons = dict.fromkeys(before.order_by().values_list("author_id", flat=True).distinct(), "followed")
        if happening.verb == "named":  # a new name in an old comment concerns nobody else
            reasons |= dict.fromkeys(map(UUID, happening.named), "named")
        else:
            reasons |= super().hearers(happening)
        muted = MutedItem.objects.filter(item_id=happening.item_id).values_list("membership_id", flat=True)
        reasons |= dict.fromkeys(muted, "muted")
        reasons.pop(happening.author_id, None)
        return reasons

    def _comments(self) -> Any:
        field: Any = self.model._meta.get_field("comments")
        return field.related_model._default_manager

    def announce_item(self, item: Any) -> None:
        """Tell the others that an item is there, and let it be found."""
        raise NotImplementedError


def comments_wait(model: type[Comment], title: str = "item__title") -> Waits:
    """Comments of this table can wait for whoever reads first."""
    return Waits(model, title, "body", "reactie/")
