"""What members may do with comments: their own words are theirs, and whoever moderates can take words away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import Permission
from groupspace.policy import ContentPolicy, refuse_undo

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access


class CommentPolicy(ContentPolicy):
    """A comment is read by whoever reads its item."""

    needs = {"view": Permission.VIEW_SPACE, "delete": Permission.MODERATE}
    author_may = frozenset({"edit", "delete", "undo"})
    through = "item"

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if action == "release" and obj.item.held_at is not None:
            return _("Laat eerst zien waar dit bij hoort.")
        if obj.deleted_at:
            return _("Deze reactie is weggehaald.")
        return refuse_undo(obj) if action == "undo" else ""
