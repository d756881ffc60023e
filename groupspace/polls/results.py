"""What a member may see of the votes, worked out once in Python. What may not be shown never reaches a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace.names import shown_name
from groupspace.permissions import WRITABLE
from groupspace.polls.models import Vote

if TYPE_CHECKING:
    from groupspace.polls.models import Poll

#: With fewer voters, everybody would know from an anonymous poll what somebody chose.
FEWEST_VOTERS = 3


class Row(TypedDict):
    """One choice with its votes, as text."""

    id: str
    text: str
    count: int
    told: str
    percent: str
    names: str
    mine: bool


def is_over(poll: Poll) -> bool:
    """Whether nobody can vote any more: the poll is closed, or its space can only be read. `space` is loaded."""
    return poll.is_closed() or poll.space.state not in WRITABLE | {"recruiting"}


def why_hidden(poll: Poll, *, voted: bool) -> str:
    """Why this reader sees no result now; empty when the result is shown."""
    if poll.hide_until_voted and not voted and not is_over(poll):
        return _("Je ziet de uitslag als je zelf hebt gestemd, of als de peiling gesloten is.")
    if poll.anonymous and 0 < poll.voters < FEWEST_VOTERS:
        text = _("Je ziet niet wat er gekozen is. Met minder dan %(fewest)d stemmen kun je raden wie wat koos.")
        return text % {"fewest": FEWEST_VOTERS}
    return ""


def voters_in_words(poll: Poll) -> str:
    """How many voted."""
    if not poll.voters:
        return _("Niemand stemde.") if is_over(poll) else _("Nog niemand stemde.")
    return ngettext("%(count)d persoon stemde.", "%(count)d mensen stemden.", poll.voters) % {"count": poll.voters}


def rows_of(poll: Poll, options: Sequence[Any]) -> list[Row]:
    """The choices, asked for `counted_for` a member, in order. Names only when everybody knew they would be shown."""
    names: dict[Any, list[str]] = {}
    if not poll.anonymous:
        found = Vote.objects.filter(poll=poll).order_by("membership__display_name")
        for option, name, user in found.values_list("option_id", "membership__display_name", "membership__user"):
            names.setdefault(option, []).append(shown_name(name, user))
    rows: list[Row] = []
    for option in options:
        percent = round(100 * option.count / poll.voters) if poll.voters else 0
        rows.append(
            Row(
                id=str(option.pk),
                text=option.text,
                count=option.count,
                told=_("%(count)d van de %(voters)d") % {"count": option.count, "voters": poll.voters},
                percent=_("%(percent)d%%") % {"percent": percent},
                names=", ".join(names.get(option.pk, [])),
                mine=option.mine,
            )
        )
    return rows


def in_words(poll: Poll, rows: Sequence[Row]) -> str:
    """The result in one or two sentences; how many voted stands in them."""
    most = max((row["count"] for row in rows), default=0)
    if not most:
        return voters_in_words(poll)
    first = [row["text"] for row in rows if row["count"] == most]
    counts = {"count": most, "voters": poll.voters}
    if len(first) == 1:
        told = _("De meeste stemmen gingen naar “%(option)s”: %(count)d van de %(voters)d.")
        return f"{voters_in_words(poll)} {told % {'option': first[0], **counts}}"
    told = _("Er zijn er %(ties)d die evenveel stemmen kregen, en de meeste: elk %(count)d van de %(voters)d.")
    return f"{voters_in_words(poll)} {told % {'ties': len(first), **counts}}"
