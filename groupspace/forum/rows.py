"""What the pages show, worked out once in Python, so that the templates stay short and fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace import policy
from groupspace.authors import Author, Authors
from groupspace.comments.rows import stub
from groupspace.folds import Folds
from groupspace.forum.attachments import Shown, attachments_under
from groupspace.forum.models import Post, Topic, page_of
from groupspace.forum.moods import SIGNS
from groupspace.forum.policy import is_closed_round, shows_words
from groupspace.forum.quotes import quote_of
from groupspace.forum.reactions import Word, words_under
from groupspace.models import Audience
from groupspace.moments import spoken

if TYPE_CHECKING:
    from groupspace.actor import Access, Actor
    from groupspace.models import Space


class Row(TypedDict, total=False):
    """One line of a page: plain and flat, since templates look up keys of dicts fastest by far.

    What is only printed is text already: a template would write each number in the way of the language.
    """

    url: str
    title: str
    meta: str
    unread: int
    tags: list[str]
    anchor: str
    at: str
    body: str
    stub: str
    edited: bool
    may_edit: bool
    may_delete: bool
    number: str
    first_unread: bool
    answer_url: str
    may_undo: bool
    may_warn: bool
    may_react: bool
    release_url: str
    quote_name: str
    quote_url: str
    quote_text: str
    fold: str
    mood: str
    sign: str
    held: bool
    files: list[Shown]
    words: list[Word]
    files_html: str
    words_html: str
    html: str
    name: str
    hue: str
    initial: str
    role: str
    more: str


def topic_rows(space: Space, topics: Iterable[Any]) -> list[Row]:
    """Lines for these topics; they are asked for `with_author` and `with_unread`."""
    base = reverse("groupspace:gesprekken:list", args=[space.pk])
    authors = Authors(space)
    now = timezone.localtime()
    rows: list[Row] = []
    for topic in topics:
        author = authors.of(topic)
        # The page finds the first unread post itself; the address only says to go there.
        url = f"{base}{topic.pk}/#nieuw" if topic.seen and topic.unread else f"{base}{topic.pk}/"
        row: Row = {"url": url, "title": topic.title, "unread": topic.unread, "meta": _meta(topic, author, now)}
        rows.append({**row, "tags": topic_tags(topic), **author})
    return rows


def topic_tags(topic: Topic) -> list[str]:
    """What is special about a topic, in words."""
    tags = [_("vastgezet")] if topic.is_pinned else []
    if topic.is_locked:
        tags.append(_("gesloten"))
    if topic.sort != Topic.Sort.CONVERSATION:
        tags.append(_("stelling") if topic.sort == Topic.Sort.STATEMENT else _("rondje"))
    if topic.is_lounge:
        tags.append(_("koffiehoek"))
    if topic.held_at is not None:
        tags.append(_("wacht op een begeleider"))
    if topic.audience != Audience.SPACE:
        tags.append(topic.get_audience_display())
    return tags


def post_rows(actor: Actor, topic: Any, posts: Sequence[Any], seen: int, *, base: str) -> list[Row]:
    """Posts as this actor sees them; one statement when a post has words of support, and else none.

    Args:
        topic: asked for `with_reader`.
        posts: asked for `with_author` and `with_quoted`.
        seen: the mark before this visit, 0 for a first visit.
        base: the address below which conversations and posts stand.
    """
    access = actor.spaces[topic.space_id]
    mine = access.membership_id
    authors, folds = Authors(topic.space), Folds(topic.muted)
    open_to_me = [post for post in posts if _opens(access, topic, post)]
    chosen, files = words_under(open_to_me, mine), attachments_under(open_to_me, f"{base}bijlage/")
    may_answer = topic.sort != Topic.Sort.ROUND and policy.can(actor, "reply", topic).allowed
    now = timezone.localtime()
    rows: list[Row] = []
    looking = seen > 0
    for post in posts:
        number = post.number
        if post.deleted_at is not None:
            rows.append(Row(anchor=post.anchor, stub=stub(post, mine)))
            continue
        if not _opens(access, topic, post):
            # Of a closed round not even the names are shown; what waits keeps its place.
            if not is_closed_round(access, topic):
                rows.append(Row(anchor=post.anchor, stub=_("Dit bericht wacht op een begeleider.")))
            continue
        held = post.held_at is not None
        first = looking and number > seen and post.author_id != mine and not held
        looking = looking and not first
        row: Row = {
            "anchor": post.anchor,
            "stub": "",
            "number": _plain(str(number)),
            "url": _plain(f"{base}bericht/{post.pk}/"),
            "at": spoken(post.created_at, now),
            "body": post.body,
            "edited": post.edited_at is not None,
            "may_edit": policy.can(actor, "edit", post).allowed,
            "may_delete": policy.can(actor, "delete", post).allowed,
            "may_undo": post.author_id == mine and policy.can(actor, "undo", post).allowed,
            "may_react": policy.can(actor, "react", post).allowed,
            "may_warn": post.author_id != mine and policy.can(actor, "warn", post).allowed,
            "release_url": _release_url(topic, post) if held and policy.can(actor, "release", post) else "",
            "answer_url": _plain(f"{base}{topic.pk}/reageer/?op={post.pk}") if may_answer and not held else "",
            "first_unread": first,
            "fold": folds.label(post.note, post.body, own=post.author_id == mine),
            "mood": post.get_mood_display() if post.mood else "",
            "sign": SIGNS.get(post.mood, ""),
            "held": held,
            "files": files.get(post.pk, []),
            "words": chosen.get(post.pk, []),
        }
        if quote := quote_of(post, folds):
            row |= {"quote_name": quote["name"], "quote_url": quote["url"], "quote_text": quote["text"]}
        rows.append({**row, **authors.of(post)})
    return rows


def _plain(text: str) -> str:
    """An address of ids, or a number: a template need not look in it for signs to escape, five times for each post."""
    return mark_safe(text)  # noqa: S308  nobody's words are in it


def _release_url(topic: Any, post: Any) -> str:
    return reverse("groupspace:release", args=[topic.space_id, post.pk])


def _opens(access: Access, topic: Any, post: Any) -> bool:
    post.topic = topic
    return shows_words(access, post)


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


def _meta(topic: Topic, author: Author, now: datetime) -> str:
    who = f"{author['name']} ({author['role']})" if author["role"] else author["name"]
    at = spoken(topic.last_post_at, now)
    replies = topic.last_number - 1
    if replies < 1:
        return f"{who}\u00a0· {at}"
    counted = ngettext("%(count)d reactie", "%(count)d reacties", replies) % {"count": replies}
    text = _("%(who)s · %(replies)s · laatste %(at)s") % {"who": who, "replies": counted, "at": at}
    return text.replace(" · ", "\u00a0· ")  # no line begins with a dot
