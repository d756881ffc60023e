"""The post that another one answers: shown beside it from where it stands, so erasing it reaches every quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.folds import Folds
from groupspace.forum.models import Post, page_of
from groupspace.names import shown_name
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.forum.models import Topic

EXCERPT = 200


class Quote(TypedDict):
    """What stands above a post: whom it answers, in which words, and where those are."""

    name: str
    text: str
    url: str


def excerpt(html: str) -> str:
    """The beginning of a text on one line."""
    text = " ".join(to_plain(html).split())
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def quote_of(post: Any, folds: Folds) -> Quote | None:
    """What a post, asked for `with_quoted`, answers. Words that are gone, or that still wait, are not shown."""
    if post.quoted_id is None:
        return None
    number = post.quoted_number
    url = f"?pagina={page_of(number)}#bericht-{number}"
    if post.quoted_deleted_at is not None or post.quoted_held_at is not None:
        return Quote(name="", text=_("weggehaald bericht"), url=url)
    name = shown_name(post.quoted_name, post.quoted_user)
    folded = folds.label(post.quoted_note, post.quoted_body)
    return Quote(name=name, text=folded or excerpt(post.quoted_body), url=url)


def find_quoted(actor: Actor, topic: Topic, pk: UUID | None) -> Post | None:
    """The post of this topic that somebody wants to answer, when they may read it and it has words."""
    if pk is None:
        return None
    found = policy.visible(actor, Post.objects.filter(pk=pk, topic=topic, deleted_at=None, held_at=None))
    return found.with_author().first()


def quote_to_answer(actor: Actor, topic: Topic, pk: Any, folds: Folds) -> Quote | None:
    """What stands above the form in which somebody answers this post; None when it cannot be answered."""
    post: Any = find_quoted(actor, topic, pk) if isinstance(pk, UUID) else None
    if post is None:
        return None
    text = folds.label(post.note, post.body) or excerpt(post.body)
    name = shown_name(post.author_name, post.author_user)
    return Quote(name=name, text=text, url=f"?pagina={post.page}#{post.anchor}")
