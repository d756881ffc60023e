"""What there is beside conversations, and what waits in everybody's bell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery

from config.bulk.people import BATCH, Members
from config.bulk.talk import Newest
from groupspace.forum.models import Topic
from groupspace.kinds import all_kinds
from groupspace.models import Membership, Space
from groupspace.notices.models import Notice, Reason
from groupspace.search.models import Entry
from groupspace.stream.models import Happening

#: How many of the notices of one membership are not read yet.
UNREAD = 2


def write(members: Members, newest: Newest) -> None:
    """Write one item of every kind in each space, through its own actions, and notices of the newest topics."""
    for space, found in members.items():
        # At the same time as the last conversation, so that every page of what is new shows all kinds.
        topics = newest[space]
        _write_examples(found[-1], topics[-1].last_post_at if topics else found[-1].since)
    Notice.objects.bulk_create(_notices(members, newest), batch_size=BATCH)
    last = Happening.objects.filter(space=OuterRef("pk")).order_by().values("space").annotate(last=Max("at"))
    Space.objects.update(last_activity_at=Subquery(last.values("last")))


def _write_examples(author: Membership, at: datetime) -> None:
    others = [kind for kind in all_kinds() if kind.model is not Topic]
    for number, kind in enumerate(others):
        item = kind.make_example(author, f"{str(kind.label).capitalize()} {number + 1}")
        kind.model._default_manager.filter(pk=item.pk).update(created_at=at)
        Happening.objects.filter(item_id=item.pk).update(at=at, spread_at=at)
        Entry.objects.filter(item_id=item.pk).update(at=at)


def _notices(members: Members, newest: Newest) -> Iterator[Notice]:
    for space, topics in newest.items():
        for member in members[space]:
            for turn, topic in enumerate(reversed(topics)):
                at = topic.last_post_at
                yield Notice(
                    membership=member,
                    space_id=space,
                    kind="gesprekken",
                    item_id=topic.pk,
                    reason=Reason.FOLLOWED,
                    count=turn % 3 + 1,
                    first_at=at,
                    last_at=at,
                    read_at=None if turn < UNREAD else at,
                    sent_at=at,
                    pushed_at=at,
                )
