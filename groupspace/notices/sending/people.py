"""For whom something waits, and whether this is a moment to reach them outside the site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Value

from groupspace.accounts.models import Session
from groupspace.actor import Actor
from groupspace.notices import actions
from groupspace.notices.lines import lines_for
from groupspace.notices.models import Answer, Notice, Reason, Rhythm
from groupspace.notices.sending.hours import is_quiet, last_turn, zone_of
from groupspace.permissions import Permission

#: Whoever was here this recently sees the bell, and gets no mail about the same.
HERE = timedelta(minutes=10)
#: Tells of the whole group, and waits for no rhythm.
FOR_ALL = (Reason.ANNOUNCED, Reason.ERASING)


@dataclass(frozen=True, slots=True)
class Person:
    """An account for which something waits in one rhythm, with all that says whether it is time for a mail."""

    user_id: Any
    email: str
    #: Since when something waits that no mail told of.
    first: datetime
    announced: bool = False
    #: What was chosen for the account, and for what waits here; empty is the same.
    mail: str = Rhythm.DAY
    rhythm: str = ""
    #: All rhythms whose turn it is: one mail tells of what waits in them.
    turns: frozenset[str] = frozenset()
    push: bool = True
    quiet_from: int = 21
    quiet_to: int = 8
    zone: str = ""
    language: str = ""
    mailed_at: datetime | None = None
    refused: str = ""
    #: The last sign that they were on the site.
    seen: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether this is a moment for a mail."""
        rhythm = self.rhythm or self.mail
        if self.mail == Rhythm.NEVER or not self.email or self.refused == hash_of(self.email) or self.is_resting(now):
            return False
        if self.announced:  # whatever rhythm somebody chose
            return True
        if rhythm == Rhythm.NEVER:
            return False
        if self.mailed_at and not (self.seen and self.seen > self.mailed_at):
            return False
        if rhythm == Rhythm.NOW:
            return not self.is_here(now)
        turn = last_turn(now, zone_of(self.zone), self.quiet_to, weekly=rhythm == Rhythm.WEEK)
        return self.first < turn and not (self.mailed_at and self.mailed_at >= turn)

    def is_resting(self, now: datetime) -> bool:
        """Whether it is night for them."""
        return is_quiet(now, zone_of(self.zone), self.quiet_from, self.quiet_to)

    def is_here(self, now: datetime) -> bool:
        """Whether they are on the site now."""
        return self.seen is not None and self.seen > now - HERE


def hash_of(address: str) -> str:
    """What is kept of an address that does not work."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


def people(now: datetime, **waiting: Any) -> list[Person]:
    """Everybody with unread notices for which `waiting` holds, once for each rhythm of theirs. One statement."""
    found = Notice.objects.to_send(now).with_rhythm().filter(**waiting)
    return _people(found, "membership__user", Min("first_at"), Count("pk", filter=Q(reason__in=FOR_ALL)))


def answered(**waiting: Any) -> list[Person]:
    """Everybody with unread answers for which `waiting` holds: they asked, and hear it at once. One statement."""
    found = Answer.objects.unread().annotate(rhythm=Value("")).filter(**waiting)
    return _people(found, "user", Min("at"), Count("pk"))


def _people(waiting: Any, path: str, first: Any, urgent: Any) -> list[Person]:
    """The accounts behind these rows, once for each `rhythm`.

    Args:
        path: from a row to its account.
        first: the earliest moment of somebody's rows.
        urgent: how many of them do not wait for somebody's rhythm.
    """
    user = f"{path}__"
    found = waiting.filter(**{f"{user}is_active": True})
    session = Session.objects.filter(user=OuterRef(path)).order_by("-last_seen").values("last_seen")[:1]
    theirs = Notice.objects.filter(membership__user=OuterRef(path)).order_by()
    read = theirs.values("membership__user").annotate(last=Max("read_at")).values("last")
    chosen, account = f"{user}groupspace_delivery__", f"{user}groupspace_settings__"
    kept = ("mail", "push", "quiet_from", "quiet_to", "mailed_at", "refused")
    columns = [f"{chosen}{name}" for name in kept]
    given = [f"{user}id", f"{user}email", f"{user}last_login", f"{account}time_zone", f"{account}language", *columns]
    rows = (
        found.order_by()
        .values(*given, "rhythm")
        .annotate(
            first=first,
            announced=urgent,
            session=Subquery(session),
            read=Subquery(read),
        )
    )
    return [_person(row, user, account, {name: row[f"{chosen}{name}"] for name in kept}) for row in rows]


def _person(row: dict[str, Any], user: str, account: str, chosen: dict[str, Any]) -> Person:
    signs = [sign for sign in (row[f"{user}last_login"], row["session"], row["read"]) if sign]
    return Person(
        user_id=row[f"{user}id"],
        email=row[f"{user}email"],
        first=row["first"],
        announced=bool(row["announced"]),
        rhythm=row["rhythm"],
        turns=frozenset({row["rhythm"]}),
        zone=row[f"{account}time_zone"] or "",
        language=row[f"{account}language"] or "",
        seen=max(signs, default=None),
        **{name: value for name, value in chosen.items() if value is not None},
    )


def readable(actor: Actor, **waiting: Any) -> list[Any]:
    """Unread notices, with `rhythm`, whose items this person may read at this moment; those of others are dropped."""
    reading = actor.spaces_with(Permission.VIEW_SPACE)
    mine = [actor.spaces[space].membership_id for space in reading]
    waits = Notice.objects.unread().with_rhythm().filter(membership__in=mine, **waiting)
    found: list[Any] = list(waits.select_related("space"))
    lines = lines_for(actor, found)
    if gone := [notice for notice in found if notice.item_id not in lines]:
        actions.drop(gone)
    return [notice for notice in found if notice.item_id in lines]
