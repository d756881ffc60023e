"""What must be ready before a space starts, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace.kinds import kinds_in
from groupspace.lifetime.steering import BY_ITSELF
from groupspace.models import Audience, CrisisProtocol, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.kinds import Kind
    from groupspace.models import Space

#: Items that lead a newcomer to read on and to write; fewer is a bare room (domain 001-35).
FILLED = 3


@dataclass(frozen=True)
class Step:
    """One thing to do before the start.

    Attributes:
        title: what to do.
        why: what it is good for.
        url: where to do it.
        done: whether it is done.
        required: without it the space does not start; else it is advice.
        asks: the action that the page behind it asks of the policy.
    """

    title: str
    why: str
    url: str
    done: bool
    required: bool = True
    asks: str = "change"


def checklist(space: Space) -> list[Step]:
    """The steps before the start, in the order in which one does them. Two statements, and one for each kind."""
    settings = reverse("groupspace:space-change", args=[space.pk])
    items = fill_level(space)
    missing = max(FILLED - items, 0)
    write = ngettext("Zet nog %(count)d bericht klaar", "Zet nog %(count)d berichten klaar", missing) % {
        "count": missing
    }
    return [
        Step(
            _("Schrijf op wat je doet als het misgaat"),
            _("Wie bel je als iemand in gevaar is? Bedenk het nu, dan weet je het straks."),
            reverse("groupspace:crisis-protocol", args=[space.pk]),
            CrisisProtocol.objects.filter(space=space).exists(),
            asks="facilitate",
        ),
        Step(
            _("Schrijf een welkom"),
            _("Wie erbij komt, leest dit als eerste. Vertel wie je bent en wat mensen hier kunnen doen."),
            f"{settings}#id_welcome",
            bool(space.welcome.strip()),
        ),
        Step(
            _("Maak afspraken"),
            _("Hoe ga je met elkaar om? Wie meedoet, zegt hier ja tegen."),
            f"{settings}#id_house_rules",
            bool(space.house_rules.strip()),
        ),
        Step(
            _("Schrijf op wie er bereikbaar is, en wanneer"),
            _("Wie wacht op antwoord, wil weten wanneer er iemand is, en wat te doen als er niemand is."),
            f"{reverse('groupspace:working', args=[space.pk])}#id_on_duty",
            bool(space.on_duty.strip()),
            required=space.steering == BY_ITSELF,
        ),
        Step(
            write if missing else _("Er staan berichten klaar"),
            _("Een lege groep nodigt niet uit. Stel jezelf voor, en vraag iets waar iedereen wat op weet."),
            reverse("groupspace:space", args=[space.pk]),
            not missing,
            asks="facilitate",  # before the start nobody else writes
        ),
        Step(
            _("Nodig mensen uit"),
            _("Twee mensen is genoeg om te beginnen. De anderen komen later."),
            reverse("groupspace:invitations", args=[space.pk]),
            _members(space).count() > 1,
            required=False,
            asks="manage_members",
        ),
    ]


def has_begun(space: Space) -> bool:
    """Whether it once ran, or is of a sort that runs from its first day; else the checklist stands before running."""
    kind = space.space_kind
    return space.started_at is not None or kind is None or not kind.checklist


def fill_level(space: Space) -> int:
    """How many items whoever comes in finds in a space, that reports count, of all kinds; a statement for each kind."""
    return sum(_counted(kind, space).count() for kind in kinds_in(space))


def _counted(kind: Kind, space: Space) -> QuerySet[Any]:
    items: Any = kind.model._base_manager.filter(space=space, audience=Audience.SPACE, held_at=None, prepared_for=None)
    return items.exclude(**kind.left_out) if kind.left_out else items


def _members(space: Space) -> QuerySet[Membership]:
    return Membership.objects.active().filter(space=space)
