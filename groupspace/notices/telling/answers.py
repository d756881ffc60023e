"""Whoever asked for something, and is in no group for it, is told that there is an answer; nothing says which.

The row is written in the transaction of the decision, so that nobody is told twice and nobody is forgotten. A place
for who waits is no decision: a job looks whose turn it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.models import JoinRequest, Lease, Space
from groupspace.moments import spoken
from groupspace.notices.models import Answer

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.notices.rows import Row

About = Answer.About


class Turn(NamedTuple):
    """Whose turn it is for a place, and with which request."""

    user_id: Any
    request_id: UUID


def tell_of(thing: JoinRequest | Lease) -> None:
    """Tell who asked, in the transaction of the decision. What they did not read yet stays one answer, and one mail.

    Of a lease whose tenant's account is gone there is nobody to tell.
    """
    if thing.user_id is None:
        return
    about = About.LEASE if isinstance(thing, Lease) else About.JOINING
    now = timezone.now()
    answer, is_new = Answer.objects.get_or_create(
        item_id=thing.pk, about=about, defaults={"user_id": thing.user_id, "at": now}
    )
    if not is_new:
        anew = {} if answer.read_at is None else {"read_at": None, "sent_at": None, "pushed_at": None}
        Answer.objects.filter(pk=answer.pk).update(at=now, **anew)


def places_due() -> bool:
    """Whether somebody's turn came, or went by, since the last time. No write."""
    return any(_changes())


@transaction.atomic
def tell_of_places() -> int:
    """Tell who can come in now from the waiting list of an open group; return how many. A periodic job."""
    come, gone = _changes()
    Answer.objects.filter(about=About.PLACE, item_id__in=gone).delete()
    made = [Answer(user_id=one.user_id, item_id=one.request_id, about=About.PLACE, at=timezone.now()) for one in come]
    Answer.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _changes() -> tuple[list[Turn], list[UUID]]:
    """Whose turn it is and who was not told, and the requests that were told of a place that is theirs no more."""
    turns = _turns()
    told = set(Answer.objects.filter(about=About.PLACE).values_list("item_id", flat=True))
    theirs = {turn.request_id for turn in turns}
    return [turn for turn in turns if turn.request_id not in told], [item for item in told if item not in theirs]


def _turns() -> list[Turn]:
    """Who stands in front of the waiting list of an open group, for as many places as are free. Two statements."""
    waiting = JoinRequest.objects.waiting().filter(
        space__join_policy=Space.JoinPolicy.OPEN,
        space__state__in=[Space.State.RECRUITING, Space.State.OPEN],
        user__is_active=True,
    )
    queues: dict[UUID, list[Turn]] = {}
    for pk, user_id, space_id in waiting.values_list("pk", "user_id", "space_id"):
        queues.setdefault(space_id, []).append(Turn(user_id, pk))
    if not queues:
        return []
    rows = Space.objects.filter(pk__in=queues).with_member_count().order_by()
    places = {space.pk: _free(space.capacity, space.member_count) for space in rows.only("capacity")}
    return [turn for space, queue in queues.items() for turn in queue[: places[space]]]


def _free(capacity: int | None, members: int) -> int | None:
    """How many of a queue can come in; all of them without a limit."""
    return max(capacity - members, 0) if capacity else None


def rows_for(actor: Actor) -> list[Row]:
    """Lines for the answers that wait; no statement for who has none."""
    if not actor.answers:
        return []
    now = timezone.localtime()
    found = Answer.objects.unread().filter(user=actor.user_id).order_by("-at", "-pk")
    return [_row(answer, spoken(answer.at, now)) for answer in found]


def _row(answer: Answer, at: str) -> Row:
    page, title = "mine", _("Er is antwoord op je vraag om mee te doen")
    if answer.about == About.LEASE:
        page, title = "lease", _("Er is antwoord op je vraag om een ruimte")
    if answer.about == About.PLACE:
        title = _("Er is een plek voor je")
    told = _("Alleen jij ziet dit")
    return {"url": reverse(f"groupspace:{page}"), "title": title, "told": told, "place": "", "at": at, "unread": True}


def mark_read(
    actor: Actor, abouts: Iterable[str] = About.values, *, space: Space | None = None, until: datetime | None = None
) -> int:
    """What these answers had to tell is read; returns how many. No statement for who has none.

    Args:
        space: only the answers about this space.
        until: only what came before this moment.
    """
    if not actor.answers:
        return 0
    found = Answer.objects.unread().filter(user=actor.user_id, about__in=abouts, at__lte=until or timezone.now())
    if space is not None:
        asked = JoinRequest.objects.filter(space=space, user_id=actor.user_id)
        found = found.filter(item_id__in=asked.values("pk"))
    return found.update(read_at=timezone.now())
