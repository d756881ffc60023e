"""What a member said under items, for "Mijn gegevens"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from groupspace.comments.models import Comment
    from groupspace.models import Membership


def comments_of(model: type[Comment], membership: Membership) -> list[dict[str, Any]]:
    """One entry for each comment of this table that still has words, with what it said before; two statements."""
    found: Any = model.objects.filter(author=membership, deleted_at=None).order_by("id")
    return [
        {
            "reactie": to_keep(comment.body),
            "geschreven": comment.created_at.isoformat(),
            "bewerkt": comment.edited_at.isoformat() if comment.edited_at else None,
            "eerder": [to_keep(version.body) for version in comment.versions.all()],
        }
        for comment in found.prefetch_related("versions")
    ]
