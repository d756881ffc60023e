"""Questions about polls that cost the same for one and for thousands."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from groupspace.querysets import SpaceContentQuerySet


class PollQuerySet(SpaceContentQuerySet):
    """Polls, and whether somebody has voted in them."""

    def open(self, at: datetime | None = None) -> Self:
        """Polls in which one can vote at this moment, or at another."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()), closed_at=None)

    def kept(self) -> Self:
        """Polls that were not taken away."""
        return self.filter(deleted_at=None)

    def listed_for(self, membership_id: UUID | None) -> Self:
        """Polls that a list shows. One that was taken away stays for what others said, and to tell its author why."""
        from groupspace.polls.models import PollComment

        said = PollComment.objects.filter(item=OuterRef("pk"), deleted_at=None)
        told = Q(author=membership_id) & ~Q(delete_reason="")
        return self.filter(Q(deleted_at=None) | told | Exists(said))

    def due(self, at: datetime | None = None) -> Self:
        """Polls whose time is up, and nobody was told yet."""
        return self.filter(ends_at__lte=at or timezone.now(), closed_at=None, prepared_for=None)

    def with_voted(self, membership_id: UUID | None) -> Self:
        """Adds `voted`: whether this member has voted."""
        from groupspace.polls.models import Vote

        return self.annotate(voted=Exists(Vote.objects.filter(poll=OuterRef("pk"), membership=membership_id)))


class OptionQuerySet(QuerySet):
    """The choices of a poll."""

    def counted_for(self, membership_id: UUID | None) -> Self:
        """In order, with `count`: how often it was chosen, and `mine`: whether this member chose it."""
        from groupspace.polls.models import Vote

        mine = Vote.objects.filter(option=OuterRef("pk"), membership=membership_id)
        return self.annotate(count=Count("votes"), mine=Exists(mine)).order_by("position")
