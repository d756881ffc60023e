"""From what happened to whom it concerns: the policy and each member's own wish, at the moment of telling.

A happening is claimed in the same transaction that writes its notices. A worker that is killed in the middle has
told nobody, and the next one tells everybody; two workers never tell twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.conf import conf
from groupspace.kinds import Kind, all_kinds
from groupspace.models import Membership, Space, SpaceGrant
from groupspace.notices.models import Level, Notice, Reason, Wish
from groupspace.notify.lifecycle import stopping
from groupspace.permissions import SHUT, Permission
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What happened before is not news: a worker that was away for long does not wake people for it.
TOO_OLD = timedelta(days=14)
BATCH = 200
MUTED = "muted"
_RANK = {reason: number for number, reason in enumerate(Reason.values)}


def waiting(now: datetime | None = None) -> bool:
    """Whether there is something to tell. One statement, no write."""
    return _due(now or timezone.now()).exists()


def spread() -> int:
    """Tell whoever wants to know of everything that is due; return how many happenings that were."""
    told = 0
    while not stopping.is_set() and (batch := list(_due(timezone.now())[:BATCH])):
        for happening in batch:
            if stopping.is_set():
                break
            told += _tell(happening)
    return told


def _due(now: datetime) -> Any:
    """Nobody is told as long as a writer can take their words back."""
    return Happening.objects.filter(spread_at=None, at__lte=now - conf.UNDO_WINDOW).order_by("pk")


def _tell(happening: Happening) -> bool:
    """Tell of one happening; False when another worker just did."""
    now = timezone.now()
    reasons = _reasons(happening) if happening.at > now - TOO_OLD else {}
    with transaction.atomic():
        # Names were kept until now, and no longer.
        claimed = Happening.objects.filter(pk=happening.pk, spread_at=None).update(spread_at=now, named=[])
        if claimed and reasons:
            write(happening, reasons)
    return bool(claimed)


def _reasons(happening: Happening) -> dict[UUID, str]:
    """The members who are told, and why."""
    kind = next((kind for kind in all_kinds() if kind.slug == happening.kind), None)
    if kind is None:
        return {}
    space = Space.objects.filter(pk=happening.space_id).exclude(state__in=SHUT).first()
    if space is None or (kind.optional and kind.slug in space.kinds_off):
        return {}
    heard = kind.hearers(happening)
    # For whom it does not concern: an announcement concerns all, a name that was added nobody else.
    others = {"announced": Reason.ANNOUNCED.value, "named": ""}.get(happening.verb, Reason.HAPPENED.value)
    if others == Reason.ANNOUNCED:
        heard = {}
    levels = _levels(happening)
    asked: dict[UUID, str] = {}
    # Whoever read it needs no sign of it; an announcement asks for attention anew.
    read = kind.have_read(happening) if happening.verb != "announced" else ()
    for member in (member for member in _members(happening) if member not in read):
        reason = heard.get(member, others)
        if reason != MUTED and reason in Level(levels.get(member, Level.MINE)).reasons:
            asked[member] = reason
    return {member: asked[member] for member in who_may_read(kind, happening, asked)}


def _members(happening: Happening) -> list[UUID]:
    """Who takes part now, does not pause, and did not do it."""
    granted = SpaceGrant.objects.filter(content_object=happening.space_id, permission__codename=Permission.VIEW_SPACE)
    awake = Q(quiet_until=None) | Q(quiet_until__lt=timezone.localdate())
    found = Membership.objects.active().filter(awake, space=happening.space_id, user__in=granted.values("user"))
    found = found.exclude(pk=happening.author_id)
    looked = Notice.objects.filter(item_id=happening.item_id, read_at__gte=happening.at)  # and saw it
    return list(found.exclude(pk__in=looked.values("membership")).values_list("pk", flat=True))


def _levels(happening: Happening) -> Mapping[UUID, str]:
    """What members said about this kind, and otherwise about the whole space."""
    said = Wish.objects.filter(membership__space=happening.space_id, kind__in=["", happening.kind]).exclude(level="")
    return dict(said.order_by("kind").values_list("membership_id", "level"))


def who_may_read(kind: Kind, happening: Happening, members: Mapping[UUID, str]) -> Iterator[UUID]:
    """Those among these members for whom the policy opens the item at this moment.

    A notice is not the item: whoever must log in with a second step is told that there is something to log in for.
    """
    item = kind.model._default_manager.filter(pk=happening.item_id)
    for member in Membership.objects.filter(pk__in=members).select_related("user"):
        actor = actor_for(member.user, verified=True, within=happening.space_id)
        if policy.visible(actor, item).exists():
            yield member.pk


def members_with(permission: str, space_id: UUID) -> list[UUID]:
    """The memberships that take part in a space now and hold this permission there."""
    allowed = SpaceGrant.objects.filter(content_object=space_id, permission__codename=permission)
    members = Membership.objects.active().filter(space=space_id, user__in=allowed.values("user"))
    return list(members.values_list("pk", flat=True))


def write(happening: Happening, reasons: Mapping[UUID, str]) -> None:
    """One unread notice for each member and item: a new one, or one more in the one that waits.

    Args:
        reasons: why, by membership.
    """
    waiting = Notice.objects.unread().filter(item_id=happening.item_id, membership__in=reasons)
    known = {notice.membership_id: notice for notice in waiting.select_for_update().order_by("pk")}
    for member, notice in known.items():
        fresh = {} if notice.sent_at is None else {"first_at": happening.at}
        reason = min(notice.reason, reasons[member], key=_RANK.__getitem__)
        Notice.objects.filter(pk=notice.pk).update(
            count=F("count") + 1, last_at=happening.at, reason=reason, sent_at=None, **fresh
        )
    Notice.objects.bulk_create(
        Notice(
            membership_id=member,
            space_id=happening.space_id,
            kind=happening.kind,
            item_id=happening.item_id,
            reason=reason,
            first_at=happening.at,
            last_at=happening.at,
        )
        for member, reason in reasons.items()
        if member not in known
    )
