"""Makes conversations known to the core: addresses, rules, block on the space's home, export and erasure."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.forum import actions, announcing, scheduled
from groupspace.forum.attachments import words_of
from groupspace.forum.export import chosen_by, written_by
from groupspace.forum.hearers import have_read, hearers
from groupspace.forum.models import Attachment, Post, Scheduled, Topic
from groupspace.forum.policy import AttachmentPolicy, PostPolicy, ScheduledPolicy, TopicPolicy
from groupspace.forum.questions import newest_topics
from groupspace.forum.rows import topic_rows
from groupspace.kinds import Kind, Line, Waits, register
from groupspace.models import Audience
from groupspace.storage.keeping import take_in
from groupspace.text.sanitiser import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.kinds import Line
    from groupspace.models import Membership, Space
    from groupspace.own_words import Written
    from groupspace.stream.models import Happening


#: A picture of one dot (GIF).
DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class ForumKind(Kind):
    """Conversations: topics with posts in a fixed order."""

    slug = "gesprekken"
    label = _("gesprek")
    label_plural = _("gesprekken")
    icon = "people"
    model = Topic
    urls = "groupspace.forum.urls"
    home_template = "groupspace/forum/home_panel.html"
    left_out = {"is_lounge": True}
    optional = False
    tracks_reading = True
    verbs = {"started": _("begon een gesprek"), "replied": _("reageerde"), "named": _("noemde iemand")}

    waits = (Waits(Post, "topic__title", "body", "bericht/", files="attachment_count"),)

    prepares = Waits(Scheduled, "title", "body")
    prepare_at = "scheduled-create"

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """What is new to this member, then the other conversations; one statement."""
        topics = newest_topics(actor, space)
        rows = sorted(topic_rows(space, topics), key=lambda row: not row["unread"])
        return {
            "rows": rows[:5],
            "news": sum(bool(row["unread"]) for row in rows),
            "list_url": reverse("groupspace:gesprekken:list", args=[space.pk]),
            "new_url": reverse("groupspace:gesprekken:topic-create", args=[space.pk]),
            "may_write": bool(policy.can(actor, "post", space)),
        }

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> Topic | Scheduled:
        actor = actor_for(author.user or AnonymousUser(), verified=True)
        body = from_plain(f"{title}: dit is een voorbeeld.")
        if later:
            sort, audience = Topic.Sort.CONVERSATION, Audience.SPACE
            return scheduled.prepare(
                actor, author.space, title=title, body=body, sort=sort, audience=audience, at=later
            )
        words = ContentFile(f"{title}: dit staat erin.\n".encode(), name=f"{title}.txt")
        files = [(take_in(words, author.user_id), ""), (take_in(_dot(title), author.user_id), f"{title}: een stip.")]
        return actions.start_topic(actor, author.space, title=title, body=body, files=files).topic

    def announce(self, thing: Post) -> None:
        announcing.announce(thing)

    def let_through(self, thing: Post) -> None:
        announcing.let_through(thing)

    def url_of(self, item: Topic) -> str:
        return reverse("groupspace:gesprekken:topic", args=[item.space_id, item.pk])

    def guarded_parts(self, reader: Actor) -> QuerySet[Any] | None:
        """Answers in a round are for who took part."""
        return policy.visible(reader, Post.objects.filter(topic__sort=Topic.Sort.ROUND))

    def url_of_part(self, line: Line, part_id: UUID) -> str:
        return f"{line.url.rsplit('/', 2)[0]}/bericht/{part_id}/"

    def url_of_prepared(self, item: Scheduled) -> str:
        return reverse("groupspace:gesprekken:scheduled-edit", args=[item.space_id, item.pk])

    def take_away(self, item: Topic | Scheduled) -> None:
        actions.take_away(item)

    def place(self, actor: Actor, item: Scheduled) -> None:
        """A conversation that was prepared is no conversation yet: now it starts."""
        scheduled.start(actor, item)

    def hearers(self, happening: Happening) -> dict[UUID, str]:
        return hearers(happening)

    def have_read(self, happening: Happening) -> Collection[UUID]:
        return have_read(happening)

    def texts_of(self, item: Topic) -> Iterable[str]:
        """The title and the posts that everybody who sees the topic may read: no answers in a round, nothing held."""
        yield item.title
        open_to_all = item.posts.filter(deleted_at=None, held_at=None)
        if item.sort == Topic.Sort.ROUND:
            open_to_all = open_to_all.filter(number=1)
        for post in open_to_all.order_by("number"):
            yield to_plain(post.body)
            if post.note:
                yield post.note
            yield from words_of(post)

    def written(self, membership: Membership) -> list[Written]:
        return written_by(membership)

    def chosen(self, membership: Membership) -> list[dict[str, Any]]:
        return chosen_by(membership)

    def erase(self, membership: Membership) -> int:
        """Empty every post and title of this member; replies of others stay."""
        return actions.erase_member(membership)

    def forget_choices(self, membership: Membership) -> None:
        actions.forget_choices(membership)

    def erase_space(self, space: Space) -> int:
        waiting, _by_model = Scheduled.objects.filter(space=space).delete()
        return waiting + super().erase_space(space)


def _dot(title: str) -> ContentFile[bytes]:
    """The smallest picture there is."""
    return ContentFile(DOT, name=f"{title}.gif")


register(ForumKind())
policy.register(Topic, TopicPolicy())
policy.register(Post, PostPolicy())
policy.register(Attachment, AttachmentPolicy())
policy.register(Scheduled, ScheduledPolicy())
