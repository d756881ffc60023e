"""What members do with their notices. The actor comes first; each action is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import require
from groupspace.kinds import all_kinds, kind_of
from groupspace.lifetime.silence import silent_for
from groupspace.models import JoinRequest, Lease, Space, SpaceContent
from groupspace.notices.models import Answer, Delivery, Level, Notice, Reason, Rhythm, Wish
from groupspace.notices.telling import answers
from groupspace.notices.telling.asked import item_of
from groupspace.prepared import Prepared
from groupspace.stream.actions import tell
from groupspace.stream.models import Happening

if TYPE_CHECKING:
    from groupspace.actor import Actor

#: The answers that stand on the page about what one asked, and the notices that are read on a page of a space.
_ANSWERS: Mapping[type, tuple[str, ...]] = {
    JoinRequest: (Answer.About.JOINING, Answer.About.PLACE),
    Lease: (Answer.About.LEASE,),
}
_PAGES: Mapping[str, str] = {"requests": Reason.ASKED, "held": Reason.HELD}


def mark_opened(actor: Actor, item: Any, page: str = "") -> int:
    """Somebody looks at an item or a page: what it had to tell is read. Returns how many notices.

    Args:
        item: an item, a space, or the model of what the actor asked for.
        page: which page of a space, when it is not its home: who asks to join, or what waits to be read.
    """
    if isinstance(item, type):
        return answers.mark_read(actor, _ANSWERS[item])
    if isinstance(item, Space):
        if page:
            mine = actor.membership_in(item.pk)
            about = Notice.objects.unread().filter(membership=mine, item_id=item_of(item.pk, _PAGES[page]))
            return about.update(read_at=timezone.now()) if mine and actor.news else 0
        return answers.mark_read(actor, space=item) + _mark_home(actor, item)
    return _mark_item(actor, item)


def _mark_home(actor: Actor, space: Space) -> int:
    """What was told of a space itself is read; mostly there is nothing, and no statement."""
    mine = actor.membership_in(space.pk)
    if mine is None or not actor.news or not (space.erase_on or silent_for(space)):
        return 0
    return Notice.objects.unread().filter(membership=mine, item_id=space.pk).update(read_at=timezone.now())


def _mark_item(actor: Actor, item: Any) -> int:
    place = item.space_id if isinstance(item, SpaceContent) else None
    mine = actor.membership_in(place) if place else None
    if mine is None:
        return 0
    told = 0
    # Most visits have nothing to mark, and so take no lock.
    if actor.news and _unread_about.rows(mine, item.pk):
        told = Notice.objects.unread().filter(membership=mine, item_id=item.pk).update(read_at=timezone.now())
    kind = next((kind for kind in all_kinds() if kind.model is type(item)), None)
    if not told and kind and not kind.tracks_reading:
        _note_untold(item, mine)
    return told


_unread_about = Prepared(
    lambda membership, item: Notice.objects.unread().filter(membership=membership, item_id=item).values_list("pk")
)


def _note_untold(item: SpaceContent, membership_id: UUID) -> None:
    """What happened to an item a moment ago, and was told to nobody yet, is no news to who looks at it now."""
    before = Notice.objects.filter(membership=membership_id, item_id=item.pk, read_at__isnull=False)
    untold = Happening.objects.filter(item_id=item.pk, spread_at=None).exclude(author=membership_id)
    looked = list(untold.order_by().values_list(Exists(before), flat=True)[:1])
    if not looked:  # most pages cost this one statement
        return
    now = timezone.now()
    if looked[0]:
        before.update(read_at=now)
    else:
        Notice.objects.create(
            membership_id=membership_id,
            space_id=item.space_id,
            kind=kind_of(type(item)).slug,
            item_id=item.pk,
            reason=Reason.HAPPENED,
            count=0,  # no list shows it
            first_at=now,
            last_at=now,
            read_at=now,
        )


@transaction.atomic
def mark_all_read(actor: Actor, until: Any = None) -> int:
    """Everything counts as read, in every window and on every device.

    Args:
        until: what came after this moment was not on the page, and stays.
    """
    mine = [access.membership_id for access in actor.spaces.values()]
    shown = until or timezone.now()
    found = Notice.objects.unread().filter(membership__in=mine, last_at__lte=shown)
    return found.update(read_at=timezone.now()) + answers.mark_read(actor, until=shown)


def drop(notices: Iterable[Notice]) -> None:
    """Forget notices of items that are gone, or that their member may no longer read."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()


@transaction.atomic
def set_wishes(actor: Actor, space: Space, wishes: Mapping[str, str], rhythms: Mapping[str, str] | None = None) -> None:
    """Say how much one wants to hear of a space, and how soon by mail.

    Args:
        wishes: the level for each kind by its slug, and for the whole space under "". An empty level: no wish.
        rhythms: in the same way how soon; what is not named stays as it was.
    """
    require(actor, "view", space)
    mine = actor.spaces[space.pk].membership_id
    for kind, level in wishes.items():
        _wish(mine, kind, level=Level(level) if level else "")
    for kind, rhythm in (rhythms or {}).items():
        _wish(mine, kind, mail=Rhythm(rhythm) if rhythm else "")
    Wish.objects.filter(membership_id=mine, level="", mail="").delete()


def _wish(membership_id: UUID, kind: str, **said: str) -> None:
    Wish.objects.update_or_create(membership_id=membership_id, kind=kind, defaults=said)


def set_delivery(actor: Actor, **chosen: Any) -> None:
    """Say how one wants to be told outside the site: `mail`, `push`, `quiet_from`, `quiet_to`.

    An address that was refused is tried again: whoever saves this page was told of it there.
    """
    told = {"refused": "", "changed_at": timezone.now()}
    Delivery.objects.update_or_create(user_id=actor.user_id, defaults={**chosen, **told})


@transaction.atomic
def announce(actor: Actor, space: Space, item: Any) -> None:
    """Ask everybody's attention for an item: a notice for each member, and a mail for who did not switch mail off.

    Raises PermissionDenied for who does not facilitate the space, ValidationError when it was done today.
    """
    require(actor, "facilitate", space)
    require(actor, "view", item)
    if item.held_at is not None:
        raise ValidationError({"item": _("Dit wacht nog op een begeleider. Laat het eerst aan de groep zien.")})
    today = timezone.now() - timedelta(days=1)
    if Happening.objects.filter(item_id=item.pk, verb="announced", at__gt=today).exists():
        raise ValidationError({"item": _("Dit is vandaag al gemeld. Kies iets anders, of wacht tot morgen.")})
    tell(item, "announced", by=actor.spaces[space.pk].membership_id)


def wishes_of(membership_id: UUID) -> dict[str, str]:
    """What a member said, by the slug of the kind; "" for the whole space."""
    return dict(Wish.objects.filter(membership=membership_id).exclude(level="").values_list("kind", "level"))


def rhythms_of(membership_id: UUID) -> dict[str, str]:
    """How soon a member wants mail, by the slug of the kind; "" for the whole space."""
    return dict(Wish.objects.filter(membership=membership_id).exclude(mail="").values_list("kind", "mail"))
