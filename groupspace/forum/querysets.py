"""Questions about topics and posts that cost the same in a space with ten topics and in one with twenty thousand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from groupspace.querysets import SpaceContentQuerySet

if TYPE_CHECKING:
    from groupspace.actor import Actor


class TopicQuerySet(SpaceContentQuerySet):
    """Conversations, and what is new in them."""

    def listed_for(self, actor: Actor, space_id: UUID) -> Self:
        """The topics of a space as this actor sees them in the list: in order, with author and unread counts."""
        found = self.visible_to(actor).filter(space=space_id).in_order()
        return found.with_author().with_unread(actor.membership_in(space_id))

    def in_order(self) -> Self:
        """Pinned first, then what was written in last."""
        return self.order_by("-is_pinned", "-last_post_at", "-id")

    def after(self, moment: datetime, pk: UUID) -> Self:
        """Topics that come after this one in the list. Pinned ones stand on the first page only."""
        older = self.filter(is_pinned__in=[False], last_post_at__lte=moment)  # "in": SQLite has no index for NOT
        return older.exclude(last_post_at=moment, id__gte=pk)

    def with_seen(self, membership_id: UUID | None) -> Self:
        """Adds `seen`: up to which number this member was shown everything."""
        from groupspace.forum.models import ReadMark

        mark = ReadMark.objects.filter(topic=OuterRef("pk"), membership=membership_id).values("last_number")
        return self.annotate(seen=Coalesce(Subquery(mark), 0))

    def with_reader(self, membership_id: UUID | None) -> Self:
        """Adds what a page about one topic asks of one member.

        `seen`, `level` (follow, mute or empty), `muted` (their words, one a line); in a round `answered`, and
        `took_part`: answered once, or passed.
        """
        from groupspace.forum.models import Follow, Post, RoundPass
        from groupspace.models import MutedWords

        level = Follow.objects.filter(topic=OuterRef("pk"), membership=membership_id).values("level")
        words = MutedWords.objects.filter(membership=membership_id).values("words")
        answers = Post.objects.filter(topic=OuterRef("pk"), author=membership_id, number__gt=1)
        passes = RoundPass.objects.filter(topic=OuterRef("pk"), membership=membership_id)
        return self.with_seen(membership_id).annotate(
            level=Coalesce(Subquery(level), Value(""), output_field=CharField()),
            muted=Coalesce(Subquery(words), Value(""), output_field=TextField()),
            answered=Exists(answers.filter(deleted_at=None)),
            took_part=Exists(answers) | Exists(passes),
        )

    def with_unread(self, membership_id: UUID | None) -> Self:
        """Adds `seen` and `unread`: how many posts of others this member was not shown yet. Reads only those posts."""
        from groupspace.forum.models import Post

        news = Post.objects.filter(topic=OuterRef("pk"), number__gt=OuterRef("seen")).unread_for(membership_id)
        counted = news.order_by().values("topic").annotate(count=Count("pk")).values("count")
        return self.with_seen(membership_id).annotate(unread=Coalesce(Subquery(counted), 0))

    def with_news(self, membership_id: UUID | None) -> Self:
        """Only topics whose last post lies above this member's mark."""
        return self.with_seen(membership_id).filter(last_number__gt=F("seen"))


class PostQuerySet(SpaceContentQuerySet):
    """Posts, with what a page shows of them."""

    def unread_for(self, membership_id: UUID | None) -> Self:
        """What can be news to this member: written by another, open to all, and still there."""
        return self.filter(~Q(author=membership_id), deleted_at=None, held_at=None)

    def with_quoted(self) -> Self:
        """Adds what a page shows of the post that each one answers."""
        return self.annotate(
            quoted_number=F("quoted__number"),
            quoted_body=F("quoted__body"),
            quoted_note=F("quoted__note"),
            quoted_deleted_at=F("quoted__deleted_at"),
            quoted_held_at=F("quoted__held_at"),
            quoted_name=F("quoted__author__display_name"),
            quoted_user=F("quoted__author__user"),
        )
