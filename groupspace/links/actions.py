"""Everything that changes links. The actor comes first; each action is one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import put_by, require, signature
from groupspace.audit import log
from groupspace.comments.actions import erase_comments, take_away
from groupspace.held import held_from
from groupspace.links.films import find_film
from groupspace.links.models import Link, LinkComment
from groupspace.pace import keep_pace
from groupspace.search import index
from groupspace.stream.actions import tell
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

REMOVED = _("Gewiste link")


@transaction.atomic
def add_link(
    actor: Actor,
    space: Space,
    *,
    title: str,
    url: str,
    description: str = "",
    at: datetime | None = None,
    later: datetime | None = None,
) -> Link:
    """Share a link. Nothing is asked of the other site.

    Args:
        description: HTML as the form field gives it.
        at: another moment than now, for the demo and for an import.
        later: prepare it for this moment.

    Raises ValidationError when this person posts very often, and for a moment that is past.
    """
    require(actor, "post", space)
    if at is None:
        keep_pace(actor, "POSTS")
    mine = actor.spaces[space.pk].membership_id
    link = Link(space=space, author_id=mine, title=title, url=url, description=description)
    link.is_video, link.created_at = find_film(url) is not None, at or timezone.now()
    link.held_at = held_from(actor, space, at=at)
    put_by(actor, link, later)
    link.save(force_insert=True)
    announce(link, at)
    return link


def announce(link: Link, at: datetime | None = None) -> None:
    """Tell the others of a link, and let it be found."""
    tell(link, "shared", by=link.author_id, at=at)
    _let_find(link)


@transaction.atomic
def change_link(actor: Actor, link: Link, *, title: str, url: str, description: str = "") -> Link:
    """Change one's own; readers see that it was changed."""
    locked = _lock(link)
    require(actor, "edit", locked)
    locked.title, locked.url, locked.description = title, url, description
    locked.is_video, locked.edited_at = find_film(url) is not None, timezone.now()
    locked.save(update_fields=["title", "url", "description", "is_video", "edited_at"])
    _let_find(locked)
    return locked


@transaction.atomic
def delete_link(actor: Actor, link: Link) -> None:
    """Take one away with what was said under it. That of another is a matter for the log."""
    locked = _lock(link)
    require(actor, "delete", locked)
    space = locked.space
    if locked.author_id != actor.membership_in(space.pk):
        log.record("link.removed", actor=signature(actor, space), space_id=space.pk, obj=link, authorisation="moderate")
    take_away(locked)


@transaction.atomic
def erase_member(membership: Membership) -> int:
    """Take away the links of one member; where others commented, their words keep a place. Returns how many."""
    done = erase_comments(LinkComment, membership)
    own = Link.objects.filter(author=membership).exclude(url="")
    discussed = LinkComment.objects.filter(item__author=membership).exclude(author=membership).values("item")
    done += own.filter(pk__in=discussed).update(title=str(REMOVED), url="", description="", is_video=False)
    for link in own:
        take_away(link)
        done += 1
    return done


def _let_find(link: Link) -> None:
    index.put(link, f"{link.title}\n{to_plain(str(link.description))}\n{link.url}", at=link.created_at)


def _lock(link: Link) -> Link:
    return Link.objects.select_related("space").select_for_update(of=("self",)).get(pk=link.pk)
