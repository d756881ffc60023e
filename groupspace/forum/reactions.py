"""Answering a post with one of the fixed words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from groupspace.actions import require
from groupspace.forum.models import Post, Reaction
from groupspace.names import shown_name

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership


class Word(TypedDict):
    """One word under a post: how many chose it, who, and whether the reader did."""

    code: str
    label: str
    count: str
    names: str
    mine: bool
    pressed: str


@transaction.atomic
def toggle(actor: Actor, post: Post, word: str) -> bool:
    """Choose a word, or take it back; return whether it stands there now."""
    topic = post.topic
    locked = Post.objects.select_for_update().get(pk=post.pk)
    locked.topic = topic
    require(actor, "react", locked)
    mine = actor.spaces[topic.space_id].membership_id
    gone, _by_model = Reaction.objects.filter(post=locked, membership=mine, word=word).delete()
    if not gone:
        Reaction.objects.create(post=locked, membership_id=mine, word=Reaction.Word(word))
    _count_again(Post.objects.filter(pk=locked.pk))
    return not gone


def words_under(posts: Iterable[Any], mine: UUID | None) -> dict[UUID, list[Word]]:
    """The words under each of these posts, one statement for all; none when nobody chose any."""
    asked = [post.pk for post in posts if post.reaction_count and post.deleted_at is None]
    if not asked:
        return {}
    rows = (
        Reaction.objects.filter(post__in=asked)
        .order_by("at")
        .values_list("post_id", "word", "membership_id", "membership__display_name", "membership__user")
    )
    chosen: dict[UUID, dict[str, list[tuple[UUID, str]]]] = {}
    for post_id, word, membership_id, name, user in rows:
        chosen.setdefault(post_id, {}).setdefault(word, []).append((membership_id, shown_name(name, user)))
    return {
        post_id: [_word(code, label, by_word.get(code, []), mine) for code, label in Reaction.Word.choices]
        for post_id, by_word in chosen.items()
    }


def no_words() -> list[Word]:
    """The words under a post that nobody answered with one."""
    return [_word(code, label, [], None) for code, label in Reaction.Word.choices]


def erase_reactions(membership: Membership) -> None:
    """Take away the words that one member chose."""
    theirs = Reaction.objects.filter(membership=membership)
    posts = list(theirs.values_list("post_id", flat=True))
    theirs.delete()
    _count_again(Post.objects.filter(pk__in=posts))


def _word(code: str, label: Any, chosen: list[tuple[UUID, str]], mine: UUID | None) -> Word:
    return Word(
        code=code,
        label=str(label),
        count=str(len(chosen)) if chosen else "",
        names=", ".join(name for _pk, name in chosen),
        mine=(own := any(pk == mine for pk, _name in chosen)),
        pressed="true" if own else "false",
    )


def _count_again(posts: Any) -> None:
    counted = Reaction.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(n=Count("pk")).values("n")
    posts.update(reaction_count=Coalesce(Subquery(counted), 0))
