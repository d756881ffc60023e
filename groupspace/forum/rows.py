"""What the pages show, worked out once in Python, so that the templates stay short and fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.forum.models import Post, Topic, page_of
from groupspace.forum.moments import spoken
from groupspace.kinds import role_of
from groupspace.permissions import Permission
from groupspace.templatetags.gs_design import hue, initial

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership, Space


@dataclass(frozen=True, slots=True)
class Author:
    """How somebody is shown beside what they wrote."""

    name: str
    hue: int
    initial: str
    gone: bool
    role: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One line of the list of topics."""

    topic: Topic
    url: str
    author: Author
    replies: int
    last: str
    unread: int


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post on the page of its topic."""

    post: Post
    url: str
    author: Author
    at: str
    stub: str
    may_edit: bool
    may_delete: bool
    first_unread: bool


def topic_rows(actor: Actor, space: Space, topics: Sequence[Topic]) -> list[TopicRow]:
    """Lines for these topics, with exact unread counts in one statement."""
    mine = actor.membership_in(space.pk)
    counted = Topic.objects.filter(pk__in=[topic.pk for topic in topics]).with_unread(mine)
    unread = {pk: (seen, count) for pk, seen, count in counted.values_list("pk", "seen", "unread")} if topics else {}
    base = reverse("groupspace:gesprekken:list", args=[space.pk])
    authors = _Authors(space)
    now = timezone.localtime()
    rows = []
    for topic in topics:
        seen, count = unread[topic.pk]
        # The page finds the first unread post itself; the address only says to go there.
        url = f"{base}{topic.pk}/#nieuw" if seen and count else f"{base}{topic.pk}/"
        replies = max(topic.last_number - 1, 0)
        rows.append(TopicRow(topic, url, authors[topic.author], replies, spoken(topic.last_post_at, now), count))
    return rows


def post_rows(actor: Actor, topic: Topic, posts: Sequence[Post], seen: int) -> list[PostRow]:
    """Posts as this actor sees them; `seen` is the mark before this visit, 0 for a first visit."""
    mine = actor.membership_in(topic.space_id)
    base = reverse("groupspace:gesprekken:list", args=[topic.space_id])
    authors = _Authors(topic.space)
    now = timezone.localtime()
    rows, looking = [], seen > 0
    for post in posts:
        post.topic = topic
        deleted = post.deleted_at is not None
        first = looking and post.number > seen and not deleted and post.author_id != mine
        looking = looking and not first
        rows.append(
            PostRow(
                post,
                f"{base}bericht/{post.pk}/",
                authors[post.author],
                spoken(post.created_at, now),
                _stub(post, mine) if deleted else "",
                not deleted and bool(policy.can(actor, "edit", post)),
                not deleted and bool(policy.can(actor, "delete", post)),
                first,
            )
        )
    return rows


def first_unread(actor: Actor, topic: Topic, seen: int) -> int:
    """Number of the first post that is news to this actor; 0 when there is none."""
    if topic.last_number <= seen:
        return 0
    news = Post.objects.filter(topic=topic, number__gt=seen).unread_for(actor.membership_in(topic.space_id))
    return news.order_by("number").values_list("number", flat=True).first() or 0


def page_to_open(asked: str | None, topic: Topic, unread_from: int) -> int | None:
    """The page to show: the one asked for, else where the reader left off. None when there is no such page."""
    if asked is None:
        return page_of(unread_from) if unread_from else topic.pages
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        return None
    return int(asked) if 1 <= int(asked) <= topic.pages else None


class _Authors(dict[Any, Author]):
    """Each author once per page, however often they wrote."""

    def __init__(self, space: Space) -> None:
        super().__init__()
        self.space = space

    def __getitem__(self, membership: Membership) -> Author:
        found = self.get(membership.pk)
        if found is None:
            name = membership.name
            role = role_of(self.space.kind, membership.role)
            leads = role is not None and Permission.MODERATE in role.permissions
            gone = membership.user_id is None
            label = str(role.label) if role and leads and not gone else ""
            found = self[membership.pk] = Author(name, hue(name), initial(name), gone, label)
        return found


def _stub(post: Post, mine: Any) -> str:
    if post.deleted_by_id == post.author_id:
        return _("Dit bericht is weggehaald door wie het schreef.")
    if post.author_id == mine and post.delete_reason:
        return _("Dit bericht van jou is weggehaald. De reden: %(reason)s") % {"reason": post.delete_reason}
    return _("Dit bericht is weggehaald door een begeleider.")
