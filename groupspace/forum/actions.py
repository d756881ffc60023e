"""Everything that changes conversations. The actor comes first; each action is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import require, signature
from groupspace.audit import log
from groupspace.comments.versions import keep_version
from groupspace.forum.announcing import announce
from groupspace.forum.attachments import Given, attach_all, drop_under, take_out
from groupspace.forum.conf import forum_conf
from groupspace.forum.finding import let_find, lose
from groupspace.forum.follows import follow_by_itself
from groupspace.forum.mentions import save_mentions
from groupspace.forum.models import (
    Follow,
    Mention,
    Post,
    PostVersion,
    Reaction,
    ReadMark,
    RoundPass,
    Scheduled,
    Topic,
)
from groupspace.forum.questions import locked_topic
from groupspace.forum.quotes import find_quoted
from groupspace.forum.reactions import erase_reactions
from groupspace.held import held_from
from groupspace.models import Audience, MutedWords
from groupspace.pace import keep_pace
from groupspace.search import index
from groupspace.stream.actions import forget, forget_author, tell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

_REMOVED = _("Weggehaald gesprek")
#: What a post is when its words are gone.
_NO_WORDS: dict[str, Any] = {
    "body": "",
    "note": "",
    "is_warned": False,
    "mood": "",
    "quoted": None,
    "held_at": None,
    "edited_at": None,
    "reaction_count": 0,
    "attachment_count": 0,
}


@transaction.atomic
def start_topic(
    actor: Actor,
    space: Space,
    *,
    title: str,
    body: str,
    audience: str = Audience.SPACE,
    sort: str = Topic.Sort.CONVERSATION,
    is_lounge: bool = False,
    note: str = "",
    mood: str = "",
    files: Sequence[Given] = (),
    at: datetime | None = None,
) -> Post:
    """Open a conversation with its first post.

    Args:
        body: HTML as the form field gives it.
        audience: who reads it; never more than the space.
        sort: a statement or a round is for whoever may prepare.
        is_lounge: a coffee corner, which reports leave out; for whoever moderates.
        note: what to know before reading.
        files: files that were taken in, each with what is in the picture; for whoever may share files.
        at: another moment than now, for the demo and for an import.

    Raises ValidationError when this person posts very often.
    """
    require(actor, "post", space)
    if sort != Topic.Sort.CONVERSATION:
        require(actor, "prepare", space)
    if is_lounge:
        require(actor, "moderate", space)
    if at is None:
        keep_pace(actor, "POSTS")
    author_id = actor.spaces[space.pk].membership_id
    moment = at or timezone.now()
    topic = Topic(
        space=space,
        author_id=author_id,
        title=title,
        audience=audience,
        sort=sort,
        is_lounge=is_lounge,
        held_at=held_from(actor, space, audience=audience, at=at),
        created_at=moment,
        last_post_at=moment,
    )
    topic.save(force_insert=True)
    return _add(actor, topic, at, files, body=body, note=note, mood=mood)


@transaction.atomic
def reply(
    actor: Actor,
    topic: Topic,
    *,
    body: str,
    quoted: UUID | None = None,
    note: str = "",
    mood: str = "",
    files: Sequence[Given] = (),
    at: datetime | None = None,
) -> Post:
    """Add a post to a conversation.

    Args:
        quoted: the post in this conversation that it answers; any other is passed over.
        files: as in `start_topic`.

    Raises PermissionDenied when it was closed in the meantime, ValidationError when this person posts very often.
    """
    require(actor, "view", topic)
    # Whoever writes in one topic takes turns, so numbers have no double.
    locked = locked_topic(topic, actor.membership_in(topic.space_id))
    require(actor, "reply", locked)
    if at is None:
        keep_pace(actor, "POSTS")
    answered = find_quoted(actor, locked, quoted)
    return _add(actor, locked, at, files, body=body, quoted=answered, note=note, mood=mood)


@transaction.atomic
def edit_post(
    actor: Actor,
    post: Post,
    *,
    body: str,
    title: str = "",
    note: str | None = None,
    mood: str | None = None,
    files: Sequence[Given] = (),
    removed: Collection[UUID] = (),
) -> Post:
    """Change one's own words; readers can see what stood there before.

    Args:
        title: changes the topic, in its first post.
        note, mood: None leaves them as they are. A warning of whoever moderates stays whatever `note` says.
        files: as in `start_topic`, beside those it has.
        removed: the attachments of this post that go, with their bytes.
    """
    locked = _lock(post)
    require(actor, "edit", locked)
    if files:
        require(actor, "upload", locked.topic.space)
    renamed = bool(title) and locked.number == 1 and title != locked.topic.title
    changed = bool(take_out(locked, removed)) or bool(files) or locked.body != body or renamed
    attach_all(locked, files)
    if locked.held_at is None and changed:
        keep_version(locked, title=locked.topic.title if renamed else "")
        locked.edited_at = timezone.now()
    locked.body = body
    locked.note = locked.note if note is None or locked.is_warned else note
    locked.mood = locked.mood if mood is None else mood
    locked.save(update_fields=["body", "edited_at", "note", "mood"])
    if renamed:
        locked.topic.title = title
        locked.topic.save(update_fields=["title"])
    if locked.held_at is None:
        let_find(locked)
    if locked.held_at is None and (named := save_mentions(locked)):
        tell(locked.topic, "named", by=locked.author_id, part_id=locked.pk, named=named)
    return locked


@transaction.atomic
def delete_post(actor: Actor, post: Post, *, reason: str = "") -> Post:
    """Take a post away: its words are erased, its place in the conversation stays. With the first goes the title.

    Raises ValidationError when it is another's post and there is no reason.
    """
    locked = _lock(post)
    require(actor, "delete", locked)
    mine = actor.membership_in(locked.topic.space_id)
    if locked.author_id != mine and not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een paar woorden waarom. Wie het schreef, leest dit.")})
    _erase(locked, by=mine, reason="" if locked.author_id == mine else reason)
    forget(part_id=locked.pk)
    lose(locked)
    if locked.number == 1:  # the only other place for words, and without its post nobody could change it
        Topic.objects.filter(pk=locked.topic_id).update(title=str(_REMOVED))
    if locked.author_id != mine:
        space = locked.topic.space
        log.record(
            "post.removed", actor=signature(actor, space), space_id=space.pk, obj=locked, authorisation="moderate"
        )
    return locked


@transaction.atomic
def pin_topic(actor: Actor, topic: Topic, *, pinned: bool) -> None:
    """Keep a conversation on top of the list, or let it go. Raises ValidationError when too many are pinned."""
    require(actor, "pin", topic)
    if pinned:
        type(topic.space).objects.select_for_update().get(pk=topic.space_id)
        limit = forum_conf().MAX_PINNED
        if Topic.objects.filter(space=topic.space_id, is_pinned=True).exclude(pk=topic.pk).count() >= limit:
            raise ValidationError(_("Er staan al %(limit)d gesprekken vast. Maak er eerst een los.") % {"limit": limit})
    Topic.objects.filter(pk=topic.pk).update(is_pinned=pinned)
    _log_topic(actor, topic, "topic.pinned" if pinned else "topic.unpinned")


@transaction.atomic
def lock_topic(actor: Actor, topic: Topic, *, locked: bool) -> None:
    """Close a conversation for replies, or open it again."""
    require(actor, "lock", topic)
    Topic.objects.filter(pk=topic.pk).update(is_locked=locked)
    _log_topic(actor, topic, "topic.locked" if locked else "topic.unlocked")


@transaction.atomic
def erase_member(membership: Membership) -> int:
    """Erase the words and titles of one member, and how far they read; return how many posts had words."""
    for model in (Mention, RoundPass):
        model._default_manager.filter(membership=membership).delete()
    erase_reactions(membership)
    forget_choices(membership)
    waiting, _by_model = Scheduled.objects.filter(author=membership).delete()
    forget_author(membership)
    index.drop_author(membership)
    Topic.objects.filter(author=membership).update(title=str(_REMOVED))
    posts = Post.objects.filter(author=membership)
    _erase_under(posts)
    return waiting + posts.filter(deleted_at=None).update(
        **_NO_WORDS, deleted_at=timezone.now(), deleted_by=membership, delete_reason=""
    )


def take_away(item: Topic | Scheduled) -> None:
    """Throw a conversation away with all that was said and given in it; of what was prepared there is no more."""
    if isinstance(item, Topic):
        drop_under(Post.objects.filter(topic=item))
        forget(item_id=item.pk)
        index.drop(item_id=item.pk)
    item.delete()


def forget_choices(membership: Membership) -> None:
    """Forget what one member marked, followed and muted."""
    for model in (ReadMark, Follow, MutedWords):
        model._default_manager.filter(membership=membership).delete()


# Reading


def mark_shown(actor: Actor, topic: Topic, *, seen: int, first: int, last: int) -> None:
    """Remember that posts `first`…`last` were shown, when nothing between them and `seen` was skipped."""
    if not (first <= seen + 1 and last > seen):
        return
    mine = actor.spaces[topic.space_id].membership_id
    # Only upwards: another window may have read further in the meantime.
    found = ReadMark.objects.filter(topic=topic, membership=mine, last_number__lt=last).update(last_number=last)
    if not found and not seen:
        ReadMark.objects.bulk_create(
            [ReadMark(topic=topic, membership_id=mine, last_number=last)], ignore_conflicts=True
        )


def mark_unread(actor: Actor, topic: Topic, *, number: int) -> None:
    """Make the post with this number, and all after it, unread again."""
    require(actor, "view", topic)
    _set_marks(actor.spaces[topic.space_id].membership_id, {topic.pk: min(max(number, 1), topic.last_number) - 1})


def mark_all_read(actor: Actor, space: Space) -> None:
    """Everything that this member can see in the space counts as read."""
    require(actor, "view", space)
    mine = actor.spaces[space.pk].membership_id
    news = Topic.objects.visible_to(actor).filter(space=space).with_news(mine)
    _set_marks(mine, dict(news.values_list("pk", "last_number")))


def _set_marks(membership_id: UUID, numbers: dict[UUID, int]) -> None:
    ReadMark.objects.bulk_create(
        [ReadMark(topic_id=pk, membership_id=membership_id, last_number=number) for pk, number in numbers.items()],
        update_conflicts=True,
        unique_fields=["membership", "topic"],
        update_fields=["last_number"],
        batch_size=500,
    )


# Inside


def _add(actor: Actor, topic: Topic, at: datetime | None, files: Sequence[Given], **fields: Any) -> Post:
    """The next post of a topic; told to others, unless it waits for a facilitator."""
    moment = at or timezone.now()
    author_id = actor.spaces[topic.space_id].membership_id
    held_at = held_from(actor, topic.space, audience=topic.audience, under=topic, at=at)
    post = Post(
        topic=topic, number=topic.last_number + 1, author_id=author_id, created_at=moment, held_at=held_at, **fields
    )
    post.save(force_insert=True)
    topic.last_number, topic.last_post_at = post.number, moment
    topic.save(update_fields=["last_number", "last_post_at"])
    if files:
        require(actor, "upload", topic.space)
        attach_all(post, files)
    follow_by_itself(topic, author_id)
    if held_at is None:
        announce(post, at)
    return post


def _lock(post: Post) -> Post:
    found = Post.objects.select_related("topic", "topic__space")
    locked = found.select_for_update(of=("self",)).get(pk=post.pk)
    # Whoever found it in a round had taken part: only then the policy shows it.
    locked.topic.took_part = getattr(post.topic, "took_part", False)
    return locked


def _erase(post: Post, *, by: UUID | None, reason: str = "") -> None:
    _erase_under(Post.objects.filter(pk=post.pk))
    post.deleted_at, post.deleted_by_id, post.delete_reason = timezone.now(), by, reason
    for name, value in _NO_WORDS.items():
        setattr(post, name, value)
    post.save(update_fields=[*_NO_WORDS, "deleted_at", "deleted_by", "delete_reason"])


def _erase_under(posts: QuerySet[Post]) -> None:
    """Files, earlier versions, names and words of support go with the posts that they belong to."""
    drop_under(posts)
    for model in (PostVersion, Mention, Reaction):
        model._default_manager.filter(post__in=posts).delete()


def _log_topic(actor: Actor, topic: Topic, event: str) -> None:
    log.record(event, actor=signature(actor, topic.space), space_id=topic.space_id, obj=topic, authorisation="moderate")
