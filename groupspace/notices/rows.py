"""What the list behind the bell shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupspace.moments import spoken
from groupspace.notices.lines import lines_for
from groupspace.notices.models import Notice, Reason

if TYPE_CHECKING:
    from groupspace.actor import Actor

_TOLD = {
    Reason.ANNOUNCED: gettext_lazy("Mededeling voor iedereen"),
    Reason.ERASING: gettext_lazy("Lees nog terug zolang het kan"),
    Reason.SILENT: gettext_lazy("Alleen voor begeleiders"),
    Reason.ASKED: gettext_lazy("Alleen voor begeleiders"),
    Reason.HELD: gettext_lazy("Alleen voor begeleiders"),
    Reason.UNANSWERED: gettext_lazy("Eerste bericht van iemand, een dag zonder antwoord"),
    Reason.STUCK: gettext_lazy("Dit stond klaar en is niet geplaatst"),
    Reason.NAMED: gettext_lazy("Iemand noemde je"),
    Reason.ANSWERED: gettext_lazy("Je kreeg antwoord"),
    Reason.FOLLOWED: gettext_lazy("Iets nieuws in wat je volgt"),
    Reason.HAPPENED: gettext_lazy("Er is iets nieuws"),
}


class Row(TypedDict):
    """One line of the page."""

    url: str
    title: str
    told: str
    place: str
    at: str
    unread: bool


def notice_rows(actor: Actor, notices: Iterable[Any]) -> tuple[list[Row], list[Notice]]:
    """Lines for notices that were asked with `space_name`, and those whose item cannot be shown any more.

    One statement for each kind.
    """
    notices = list(notices)
    lines = lines_for(actor, notices)
    now, reasons = timezone.localtime(), {reason.value: str(told) for reason, told in _TOLD.items()}
    rows, gone = [], []
    for notice in notices:
        line = lines.get(notice.item_id)
        if line is None:
            gone.append(notice)
            continue
        told = reasons[notice.reason]
        if notice.count > 1:
            told = _("%(told)s, %(count)d keer") % {"told": told, "count": notice.count}
        at = spoken(notice.last_at, now)
        unread = notice.read_at is None
        rows.append(Row(url=line.url, title=line.title, told=told, place=notice.space_name, at=at, unread=unread))
    return rows, gone
