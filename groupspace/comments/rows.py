"""What a page shows of comments, worked out once in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.authors import Authors
from groupspace.folds import Folds
from groupspace.moments import spoken

if TYPE_CHECKING:
    from groupspace.actor import Actor


def comment_rows(actor: Actor, item: Any, comments: Iterable[Any], base: str, muted: str) -> list[dict[str, Any]]:
    """Comments, asked for `with_author`, as this actor sees them.

    Args:
        item: with its `space` loaded.
        base: the address under which the pages of one comment stand.
        muted: the words that fold a comment for this actor, one a line.
    """
    mine = actor.membership_in(item.space_id)
    authors, folds = Authors(item.space), Folds(muted)
    now = timezone.localtime()
    rows: list[dict[str, Any]] = []
    for comment in comments:
        comment.item = item
        if comment.deleted_at is not None:
            rows.append({"anchor": comment.anchor, "stub": stub(comment, mine)})
            continue
        row = {
            "anchor": comment.anchor,
            "stub": "",
            "url": f"{base}{comment.pk}/",
            "at": spoken(comment.created_at, now),
            "body": comment.body,
            "fold": folds.label("", comment.body, own=comment.author_id == mine),
            "edited": comment.edited_at is not None,
            "may_undo": comment.author_id == mine and policy.can(actor, "undo", comment).allowed,
            "may_edit": policy.can(actor, "edit", comment).allowed,
            "may_delete": policy.can(actor, "delete", comment).allowed,
            "held": comment.held_at is not None,
            "release_url": release_url(comment) if policy.can(actor, "release", comment) else "",
        }
        rows.append({**row, **authors.of(comment)})
    return rows


def release_url(comment: Any) -> str:
    """Where a comment that waits is let through."""
    return reverse("groupspace:release", args=[comment.item.space_id, comment.pk])


def stub(part: Any, mine: Any) -> str:
    """What stands in the place of words that were taken away: of a post, or of a comment."""
    if part.deleted_by_id == part.author_id:
        return _("Dit bericht is weggehaald door wie het schreef.")
    if part.author_id == mine and part.delete_reason:
        return _("Dit bericht van jou is weggehaald. De reden: %(reason)s") % {"reason": part.delete_reason}
    return _("Dit bericht is weggehaald door iemand die dat in deze groep mag.")
