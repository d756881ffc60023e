"""What a notice is about, in a line with its address: asked anew for whoever reads it, and none when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.kinds import Line
from groupspace.lifetime.silence import silent_for
from groupspace.models import JoinRequest, Space
from groupspace.notices.models import Notice, Reason
from groupspace.notices.telling.about_spaces import TOLD_TO
from groupspace.notices.telling.stuck import stuck_lines
from groupspace.notices.telling.waiting import spaces_where_something_waits
from groupspace.stream.rows import lines_of

if TYPE_CHECKING:
    from groupspace.actor import Actor

#: Where it stands, when that is not the home of the space.
_PAGES = {Reason.ASKED: "requests", Reason.HELD: "waiting"}


def lines_for(actor: Actor, notices: Iterable[Notice]) -> dict[UUID, Line]:
    """What each notice is about, with its address, as far as the actor may see it and it still holds.

    One statement for each kind, and one for spaces that are told of themselves.
    """
    notices = list(notices)
    placed = {(notice.kind, notice.item_id) for notice in notices if notice.reason != Reason.STUCK}
    found = lines_of(actor, placed) | stuck_lines(actor, notices)
    about = [notice for notice in notices if notice.reason in TOLD_TO]
    spaces = Space.objects.in_bulk([notice.space_id for notice in about]) if about else {}
    asked = _where_somebody_asks(notice.space_id for notice in about if notice.reason == Reason.ASKED)
    held = spaces_where_something_waits() if any(notice.reason == Reason.HELD for notice in about) else frozenset()
    for notice in about:
        space = spaces[notice.space_id]
        title = _title(space, notice.reason, asks=space.pk in asked, holds=space.pk in held)
        if title and policy.can(actor, TOLD_TO[notice.reason][1], space):
            page = _PAGES.get(Reason(notice.reason), "space")
            found[notice.item_id] = Line(title, reverse(f"groupspace:{page}", args=[space.pk]))
    return found


def _where_somebody_asks(spaces: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these spaces in which somebody waits for an answer or a place; no statement for none."""
    if not (wanted := list(spaces)):
        return frozenset()
    pending = JoinRequest.objects.pending().filter(space__in=wanted).order_by()
    return frozenset(pending.values_list("space_id", flat=True))


def _title(space: Space, reason: str, *, asks: bool, holds: bool) -> str:
    """What is told; empty when it no longer holds."""
    if reason == Reason.ASKED:
        return _("Iemand wil meedoen") if asks else ""
    if reason == Reason.HELD:
        return _("Er wacht iets tot je het leest") if holds else ""
    if reason == Reason.SILENT:
        words = _("De groep werft al lang") if space.state == "recruiting" else _("Het is al een tijd stil")
        return words if silent_for(space) else ""
    if space.erase_on is None:
        return ""
    day = date_format(space.erase_on, "j F Y")
    return _("Op %(day)s wordt alles gewist. Bewaar eerst je herinnering aan de groep") % {"day": day}
