"""What a search in the group can find of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groupspace.forum.attachments import words_of
from groupspace.forum.models import Topic
from groupspace.search import index
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.forum.models import Post
    from groupspace.search.models import Entry


def let_find(post: Post) -> None:
    """Let a post be found by what it says now; nothing of a conversation that waits (`groupspace.held`)."""
    if post.topic.held_at is None:
        index.keep(entry_of(post))


def entry_of(post: Post) -> Entry:
    """What the index holds of a post. Answers in a round are guarded: who has not answered may not find them."""
    topic, text = post.topic, "\n".join([to_plain(str(post.body)), *words_of(post)])
    if post.number == 1:
        return index.entry(
            topic, f"{topic.title}\n{text}", at=post.created_at, author_id=post.author_id, note=post.note
        )
    return index.entry(
        topic,
        text,
        at=post.created_at,
        part_id=post.pk,
        author_id=post.author_id,
        note=post.note,
        guarded=topic.sort == Topic.Sort.ROUND,
    )


def lose(post: Post) -> None:
    """Let a post no longer be found."""
    index.drop(part_id=post.topic_id if post.number == 1 else post.pk)
