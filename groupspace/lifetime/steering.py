"""How much a space is steered, from a group that leads itself to one that is led by the hand (domain 001-30, 1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import Permission

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Steering:
    """One level.

    Attributes:
        sentence: what it means, for whoever chooses.
        adds: what members may do beside their role.
        silent_after: how long a space may be silent before the facilitators hear of it.
    """

    sentence: StrOrPromise
    adds: frozenset[str]
    silent_after: timedelta


#: The level at which a group leads itself: then somebody is on duty, and it stands there who.
BY_ITSELF = 1

LEVELS = {
    BY_ITSELF: Steering(
        _("De groep leidt zichzelf. Er is een contactpersoon, maar niet elke dag een begeleider."),
        frozenset({Permission.PREPARE}),
        timedelta(days=14),
    ),
    2: Steering(
        _("Leden trekken de groep. Een begeleider kijkt mee en helpt als het stilvalt."),
        frozenset({Permission.PREPARE}),
        timedelta(days=10),
    ),
    3: Steering(_("Leden en begeleider trekken samen."), frozenset(), timedelta(days=7)),
    4: Steering(_("De begeleider geeft richting en is er bijna elke dag."), frozenset(), timedelta(days=5)),
    5: Steering(_("De begeleider leidt stap voor stap, zoals in een cursus."), frozenset(), timedelta(days=3)),
}
