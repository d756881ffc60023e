"""What is asked about notices: the number in the bell, and the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, Subquery
from django.db.models.functions import Coalesce

from groupspace.notices.models import Answer, Notice
from groupspace.permissions import Permission
from groupspace.prepared import Prepared
from groupspace.reading import ForReader

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor

PER_PAGE = 30


def count_news(*, user: Any, at: datetime, space: Any = None) -> Any:
    """How many unread notices an account has, as a part of the question who is asking.

    Args:
        space: only in this space.
    """
    found = Notice.objects.counting(at).filter(membership__user=user)
    if space is not None:
        found = found.filter(membership__space=space)
    counted = found.order_by().values("membership__user").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def count_answers(user_id: Any) -> Any:
    """How many answers wait for an account, as a part of the question who is asking."""
    return Coalesce(Subquery(_answers(user_id), output_field=IntegerField()), 0)


def count_answers_of(user_id: Any) -> int:
    """The same as a number, for who is in no space. One statement."""
    return next((count for (count,) in _answers_of.rows(user_id)), 0)


def _answers(user_id: Any) -> QuerySet[Answer, Any]:
    found = Answer.objects.unread().filter(user=user_id).order_by().values("user")
    return found.annotate(count=Count("pk")).values_list("count")


_answers_of = Prepared(_answers)


def mine(actor: Actor) -> Iterator[Notice]:
    """The actor's notices in the spaces that they read now, with `space_name`: unread first, then the newest."""
    return _mine.objects(actor)


def _ask_mine(reader: Actor) -> Any:
    reading = [reader.spaces[space].membership_id for space in reader.spaces_with(Permission.VIEW_SPACE)]
    found = Notice.objects.filter(membership__in=reading, count__gt=0).annotate(space_name=F("space__name"))
    found = found.only("space", "kind", "item_id", "reason", "count", "last_at", "read_at")
    return found.order_by(F("read_at").desc(nulls_first=True), "-last_at", "-pk")[:PER_PAGE]


_mine = ForReader(_ask_mine)
