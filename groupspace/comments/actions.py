"""Everything that changes comments. The actor comes first; each action is one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import require, signature
from groupspace.audit import log
from groupspace.comments.models import Comment
from groupspace.comments.versions import keep_version
from groupspace.held import held_from
from groupspace.mentions import named_in
from groupspace.pace import keep_pace
from groupspace.search import index
from groupspace.stream.actions import forget, forget_author, tell
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.actor import Actor
    from groupspace.models import Membership

C = TypeVar("C", bound=Comment)


@transaction.atomic
def add_comment(actor: Actor, model: type[C], item: Any, *, body: str) -> C:
    """Comment on an item.

    Args:
        model: the kind's table of comments.
        body: HTML as the form field gives it.

    Raises PermissionDenied when the item takes none, ValidationError when this person writes very often.
    """
    require(actor, "comment", item)
    keep_pace(actor, "POSTS")
    author_id = actor.spaces[item.space_id].membership_id
    held_at = held_from(actor, item.space, audience=item.audience, under=item)
    comment = model(item=item, author_id=author_id, body=body, held_at=held_at)
    comment.save(force_insert=True)
    announce(comment)
    return comment


def announce(comment: Any) -> None:
    """Write down in the stream that a comment is there, and let it be found; not as long as it waits."""
    if comment.held_at is None:
        named = sorted(_named(comment))
        tell(comment.item, "commented", by=comment.author_id, part_id=comment.pk, named=named)
        _let_find(comment)


@transaction.atomic
def edit_comment(actor: Actor, comment: C, *, body: str) -> C:
    """Change one's own words; readers can see what stood there before. While it waits, nobody read what stood there."""
    locked = _lock(comment)
    require(actor, "edit", locked)
    if locked.body == body:
        return locked
    before = _named(locked)
    if locked.held_at is None:
        keep_version(locked)
        locked.edited_at = timezone.now()
    locked.body = body
    locked.save(update_fields=["body", "edited_at"])
    if locked.held_at is None:
        _let_find(locked)
        if new := sorted(_named(locked) - before):
            tell(locked.item, "named", by=locked.author_id, part_id=locked.pk, named=new)
    return locked


@transaction.atomic
def delete_comment(actor: Actor, comment: C, *, reason: str = "") -> None:
    """Take a comment away: its words are erased, its place stays.

    Raises ValidationError when it is another's and there is no reason.
    """
    locked = _lock(comment)
    require(actor, "delete", locked)
    space = locked.item.space
    mine = actor.membership_in(space.pk)
    own = locked.author_id == mine
    if not own and not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een paar woorden waarom. Wie het schreef, leest dit.")})
    locked.body, locked.deleted_at, locked.deleted_by_id = "", timezone.now(), mine
    locked.delete_reason = "" if own else reason
    locked.save(update_fields=["body", "deleted_at", "deleted_by", "delete_reason"])
    locked.versions.all().delete()
    forget(part_id=locked.pk)
    index.drop(part_id=locked.pk)
    if not own:
        log.record(
            "comment.removed", actor=signature(actor, space), space_id=space.pk, obj=locked, authorisation="moderate"
        )


@transaction.atomic
def undo_comment(actor: Actor, comment: C) -> None:
    """Take back what one sent a moment ago, as if it was never there.

    When somebody reacted after it its place stays, as when it is taken away.
    """
    locked = _lock(comment)
    require(actor, "undo", locked)
    if type(locked)._default_manager.filter(item=locked.item_id, pk__gt=locked.pk).exists():
        delete_comment(actor, locked)
        return
    forget(part_id=locked.pk)
    index.drop(part_id=locked.pk)
    locked.delete()


def take_away(item: Any) -> None:
    """Throw an item away with what was said under it, and what tells of it."""
    forget(item_id=item.pk)
    index.drop(item_id=item.pk)
    item.delete()


def erase_comments(model: type[Comment], membership: Membership) -> int:
    """Erase the words of one member; the places stay. Returns how many comments had words."""
    forget_author(membership)
    index.drop_author(membership)
    meta: Any = model._meta
    versions = meta.get_field("versions").related_model
    versions._default_manager.filter(comment__author=membership).delete()
    return model.objects.filter(author=membership, deleted_at=None).update(
        body="", deleted_at=timezone.now(), deleted_by=membership, delete_reason=""
    )


def _named(comment: Any) -> set[UUID]:
    return named_in(str(comment.body), comment.item.space_id, by=comment.author_id)


def _let_find(comment: Any) -> None:
    text, at = to_plain(str(comment.body)), comment.created_at
    index.put(comment.item, text, at=at, part_id=comment.pk, author_id=comment.author_id)


def _lock(comment: C) -> Any:
    model: Any = type(comment)
    found = model.objects.select_related("item", "item__space")
    return found.select_for_update(of=("self",)).get(pk=comment.pk)
