"""What the pages of conversations ask the database, each question put into SQL once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from groupspace.forum.models import PER_PAGE, Post, Topic
from groupspace.prepared import Prepared
from groupspace.reading import InSpace

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.actor import Actor
    from groupspace.models import Space


def newest_topics(actor: Actor, space: Space) -> Iterator[Any]:
    """The first page of the list as this member sees it, and one topic more when there is another page."""
    return _newest_topics.objects(actor, space.pk)


_newest_topics = InSpace(lambda reader, space: Topic.objects.listed_for(reader, space)[: PER_PAGE + 1])


def topic_for_reader(space: Space, pk: UUID, membership_id: UUID | None) -> Any:
    """A topic in this space, with what its page asks of the member; whether they may see it, the policy says."""
    return _topic.first(pk, space.pk, membership_id)


_topic = Prepared(lambda pk, space, mine: Topic.objects.filter(pk=pk, space=space).with_reader(mine))


def locked_topic(topic: Topic, membership_id: UUID | None) -> Any:
    """The same topic with what its policy asks of the member, locked until the transaction ends.

    Raises Topic.DoesNotExist when it went away in the meantime.
    """
    found = _locked_topic.first(topic.pk, membership_id)
    if found is None:
        raise Topic.DoesNotExist
    found.space = topic.space
    return found


_locked_topic = Prepared(lambda pk, mine: Topic.objects.filter(pk=pk).with_reader(mine).select_for_update())


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
