"""What the pages of conversations ask the database, each question put into SQL once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from groupspace.actor import Access, Actor
from groupspace.forum.models import PER_PAGE, Post, Topic
from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from groupspace.models import Space

NOBODY_YET = UUID(int=0)


def newest_topics(actor: Actor, space: Space) -> Iterator[Any]:
    """The first page of the list as this member sees it, and one topic more when there is another page."""
    access = actor.spaces[space.pk]
    alike = replace(access, membership_id=NOBODY_YET, display_name="")
    return _newest_topics(alike).objects(space.pk, access.membership_id)


@cache
def _newest_topics(access: Access) -> Prepared:
    """The list for everybody who may do the same. The policy narrows it, as for any actor: only the ids are blanks."""

    def build(space_id: UUID, membership_id: UUID) -> QuerySet[Any]:
        reader = Actor(spaces={space_id: replace(access, membership_id=membership_id)})
        return Topic.objects.listed_for(reader, space_id)[: PER_PAGE + 1]

    return Prepared(build)


def topic_for_reader(space: Space, pk: UUID, membership_id: UUID | None) -> Any:
    """A topic in this space, with what its page asks of the member; whether they may see it, the policy says."""
    return _topic.first(pk, space.pk, membership_id)


_topic = Prepared(lambda pk, space, mine: Topic.objects.filter(pk=pk, space=space).with_reader(mine))


def posts_on_page(topic: Topic, page: int) -> Iterator[Any]:
    """The posts of one page, in order, each with its author and what it answers."""
    return _posts.objects(topic.pk, (page - 1) * PER_PAGE, page * PER_PAGE)


_posts = Prepared(
    lambda topic, after, last: (
        Post.objects.filter(topic=topic, number__gt=after, number__lte=last)
        .with_author()
        .with_quoted()
        .order_by("number")
    )
)
