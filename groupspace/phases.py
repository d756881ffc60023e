"""What the state of a space means for whoever is in it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from groupspace.models import Space


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
        state.CLOSING: _("De groep rondt af. Je kunt nog schrijven."),
        state.READ_ONLY: _("Deze groep is alleen nog te lezen. Schrijven kan niet meer."),
    }.get(state, "")
    gone = _("Op %(day)s wordt alles gewist.") % {"day": date_format(space.erase_on, "j F Y")} if space.erase_on else ""
    return f"{text} {gone}".strip()
