"""What the state of a space means for whoever is in it, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from groupspace.models import Space


#: How long members can look back together between the last day and reading only.
CLOSING = timedelta(days=14)


def read_only_from(space: Space) -> date:
    """The first day on which a space that rounds off, or that would do so from today, can only be read."""
    return (space.ends_on or timezone.localdate()) + CLOSING + timedelta(days=1)


def note_on(space: Space, *, prepares: bool = False) -> str:
    """What members must know about the state of their space; empty while it simply runs.

    prepares: whether it is for who gets the space ready, and may write before the others.
    """
    state = space.State(space.state)
    before = _("De groep is nog niet begonnen. Je kunt al lezen. Schrijven kan na de start.")
    if prepares:
        before = _("De groep is nog niet begonnen. Jij kunt al schrijven, leden kunnen dat na de start.")
    text = {
        state.RECRUITING: before,
        state.CLOSING: _("De groep rondt af. Je kunt nog schrijven. Vanaf %(day)s kun je alleen nog lezen.")
        % {"day": date_format(read_only_from(space), "j F Y")},
        state.READ_ONLY: _("Deze groep is alleen nog te lezen. Schrijven kan niet meer."),
    }.get(state, "")
    gone = _("Op %(day)s wordt alles gewist.") % {"day": date_format(space.erase_on, "j F Y")} if space.erase_on else ""
    return f"{text} {gone}".strip()
