"""What a member said under items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from groupspace.own_words import Written
from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from groupspace.comments.models import Comment
    from groupspace.models import Membership


def comments_of(model: type[Comment], membership: Membership) -> list[Written]:
    """One entry for each comment of this table that still has words, with what it said before; two statements."""
    found: Any = model.objects.filter(author=membership, deleted_at=None).order_by("id")
    return [
        Written(
            at=comment.created_at,
            title=_("Reactie"),
            text=to_keep(comment.body),
            edited_at=comment.edited_at,
            earlier=[to_keep(version.body) for version in comment.versions.all()],
        )
        for comment in found.prefetch_related("versions")
    ]
