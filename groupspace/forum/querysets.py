"""Questions about topics and posts that cost the same in a space with ten topics and in one with twenty thousand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import connections, models
from django.db.models import F, IntegerField, Q
from django.db.models.expressions import RawSQL

from groupspace.querysets import SpaceContentQuerySet, VisibleQuerySet

# Written out: the list and the page of a topic ask this each time, and Django takes far longer to put nested
# subqueries together than the database takes to answer them. What counts as news is the same in `unread_for`.
_SEEN = (
    "COALESCE((SELECT mark.last_number FROM {marks} mark"
    " WHERE mark.topic_id = {topics}.id AND mark.membership_id = %s), 0)"
)
_UNREAD = (  # no word of a person is put into it, only names of tables
    "(SELECT COUNT(*) FROM {posts} post WHERE post.topic_id = {topics}.id"  # noqa: S608
    f" AND post.number > {_SEEN} AND post.author_id <> %s AND post.deleted_at IS NULL)"
)


class TopicQuerySet(SpaceContentQuerySet):
    def in_order(self) -> Self:
        """Pinned first, then what was written in last."""
        return self.order_by("-is_pinned", "-last_post_at", "-id")

    def after(self, moment: datetime, pk: UUID) -> Self:
        """Topics that come after this one in the list. Pinned ones stand on the first page only."""
        older = self.filter(is_pinned__in=[False], last_post_at__lte=moment)  # "in": SQLite has no index for NOT
        return older.exclude(last_post_at=moment, id__gte=pk)

    def with_seen(self, membership_id: UUID | None) -> Self:
        """Adds `seen`: up to which number this member was shown everything."""
        return self.annotate(seen=self._sql(_SEEN, membership_id, 1))

    def with_unread(self, membership_id: UUID | None) -> Self:
        """Adds `seen` and `unread`: how many posts of others this member was not shown yet. Reads only those posts."""
        return self.with_seen(membership_id).annotate(unread=self._sql(_UNREAD, membership_id, 2))

    def _sql(self, text: str, membership_id: UUID | None, times: int) -> RawSQL:
        from groupspace.forum.models import Post, ReadMark

        tables: dict[str, type[models.Model]] = {"topics": self.model, "posts": Post, "marks": ReadMark}
        member = self.model._meta.pk.get_db_prep_value(membership_id, connections[self.db])
        names = {name: model._meta.db_table for name, model in tables.items()}
        return RawSQL(text.format(**names), [member] * times, IntegerField())  # noqa: S611  no word of a person in it

    def with_news(self, membership_id: UUID | None) -> Self:
        """Only topics whose last post lies above this member's mark."""
        return self.with_seen(membership_id).filter(last_number__gt=F("seen"))


class PostQuerySet(VisibleQuerySet):
    def on_page(self, topic: Any, page: int) -> Self:
        """The posts of one page, in order."""
        from groupspace.forum.models import PER_PAGE

        return self.filter(topic=topic, number__gt=(page - 1) * PER_PAGE, number__lte=page * PER_PAGE).order_by(
            "number"
        )

    def unread_for(self, membership_id: UUID | None) -> Self:
        """What can be news to this member: written by another, and still there."""
        return self.filter(~Q(author=membership_id), deleted_at=None)
