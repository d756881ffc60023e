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
from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership


class Word(TypedDict):
    """One word under a post: how many chose it, who, and whether the reader did."""

    code: str
    label: str
    count: str
    names: str
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
    """The words that somebody chose under each of these posts; one statement, and none when nobody chose any.

    Args:
        posts: of one topic.
        mine: the membership of who reads.
    """
    asked = {post.pk: post for post in posts if post.reaction_count and post.deleted_at is None}
    if not asked:
        return {}
    numbers = [post.number for post in asked.values()]
    rows = _chosen.rows(next(iter(asked.values())).topic_id, min(numbers), max(numbers))
    chosen: dict[UUID, dict[str, list[tuple[UUID, str]]]] = {}
    for post_id, word, membership_id, name, user in rows:
        if post_id in asked:
            chosen.setdefault(post_id, {}).setdefault(word, []).append((membership_id, shown_name(name, user)))
    labels = {code: str(label) for code, label in Reaction.Word.choices}
    return {
        post_id: [_word(code, label, by_word[code], mine) for code, label in labels.items() if code in by_word]
        for post_id, by_word in chosen.items()
    }


_chosen = Prepared(
    lambda topic, first, last: (
        Reaction.objects.filter(post__topic=topic, post__number__gte=first, post__number__lte=last)
        .order_by("at")
        .values_list("post_id", "word", "membership_id", "membership__display_name", "membership__user")
    )
)


def erase_reactions(membership: Membership) -> None:
    """Take away the words that one member chose."""
    theirs = Reaction.objects.filter(membership=membership)
    posts = list(theirs.values_list("post_id", flat=True))
    theirs.delete()
    _count_again(Post.objects.filter(pk__in=posts))


def _word(code: str, label: str, chosen: list[tuple[UUID, str]], mine: UUID | None) -> Word:
    return Word(
        code=code,
        label=label,
        count=str(len(chosen)),
        names=", ".join(name for _pk, name in chosen),
        pressed="true" if any(pk == mine for pk, _name in chosen) else "false",
    )


def _count_again(posts: Any) -> None:
    counted = Reaction.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(n=Count("pk")).values("n")
    posts.update(reaction_count=Coalesce(Subquery(counted), 0))
