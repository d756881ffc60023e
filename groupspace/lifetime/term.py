"""The last day of a space: the term of a lease binds it, whoever leads it, and what rounds off has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace.models import Lease

if TYPE_CHECKING:
    from datetime import date

    from groupspace.models import Space


def rented_until(space: Space) -> date | None:
    """The last day of the lease of a space; None for a space that nobody rents. One query."""
    return Lease.objects.filter(space=space).values_list("until", flat=True).first()


def check_last_day(space: Space) -> None:
    """Raise ValidationError for no last day where there must be one, and for one after the term of the lease."""
    if space.state == space.State.CLOSING and space.ends_on is None:
        raise ValidationError({"ends_on": _("De groep rondt af. Kies een laatste dag, of ga bij Verloop weer verder.")})
    until = rented_until(space)
    if until and (space.ends_on is None or space.ends_on > until):
        sentence = _("Deze ruimte is gehuurd tot en met %(day)s. Kies die dag, of een dag ervoor.")
        raise ValidationError({"ends_on": sentence % {"day": date_format(until, "j F Y")}})


def check_runs(space: Space) -> None:
    """Raise ValidationError when a space would go on after its term."""
    lease = Lease.objects.filter(space=space).only("until", "user").first()
    if lease and lease.until and lease.until < timezone.localdate():
        if lease.user_id:
            text = _(
                "De huur liep tot en met %(day)s. Wie de ruimte huurt, vraagt bij Huur een groepsruimte om langer."
            )
        else:
            text = _("De huur liep tot en met %(day)s. Vraag wie deze site beheert om de huur langer te maken.")
        raise ValidationError(text % {"day": date_format(lease.until, "j F Y")})
