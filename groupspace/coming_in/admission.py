"""Who fits in a space: age, region and the way somebody comes in. Asked by every action that lets somebody in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groupspace.coming_in.ages import MINOR, bands_within, in_words

if TYPE_CHECKING:
    from groupspace.models import Membership, Space
    from groupspace.permissions import Role

#: Ways in that one takes without somebody who decides about this very person.
BY_ONESELF = frozenset({"open", "request", "group code"})


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told when coming in: a band, a region, and a version of the agreements.

    Never an age, and never a postcode: those do not leave the form.
    """

    age_band: str = ""
    region_id: int | None = None
    rules_version: int = 0


NOTHING_TOLD = Told()


def asks_age(space: Space, role: Role | None) -> bool:
    """Whether somebody who comes in with this role is asked how old they are."""
    if space.stands_apart:
        return role is None or not role.verified
    limited = space.min_age is not None or space.max_age is not None or space.asks_parents
    return limited and _is_ordinary(space, role)


def needs_parents(space: Space, age_band: str) -> bool:
    """Whether this person comes in only after a facilitator spoke with the parents.

    Under 16, for treatment or help with a file (UAVG art. 5, Wgbo art. 7:447 and 7:450, Jeugdwet art. 7.3.4): under 12
    the parents decide, from 12 to 15 both do. Help that is given directly and free asks nothing of parents.
    """
    return space.asks_parents and age_band in MINOR


def asks_region(space: Space, role: Role | None, way: str) -> bool:
    """Whether somebody is asked where they live: an invitation or a code says already that they belong here."""
    return way in {"open", "request"} and _is_ordinary(space, role)


def for_whom(space: Space) -> str:
    """For people of which age, and from where; empty when it is for everybody. One statement."""
    ages = in_words(space.min_age, space.max_age)
    regions = ", ".join(region.name for region in space.regions.all())
    if ages and regions:
        return _("Voor wie: %(ages)s, uit %(regions)s.") % {"ages": ages, "regions": regions}
    one = ages or (_("uit %(regions)s") % {"regions": regions} if regions else "")
    return _("Voor wie: %(one)s.") % {"one": one} if one else ""


def check(space: Space, told: Told, role: Role, way: str, *, parents_agree: bool = False) -> None:
    """Raises ValidationError, with a kind sentence, for somebody who does not fit.

    Args:
        way: "open", "request", "group code", "invitation" or "manage_members": a facilitator decides.
        parents_agree: a facilitator spoke with the parents. Who asks for a place needs that only for the answer.
    """
    if way != "request" and not parents_agree and needs_parents(space, told.age_band):
        raise parents_first(way)
    if space.stands_apart:
        check_apart(space, told.age_band, role, way)
    elif asks_age(space, role) and way != "manage_members":
        check_age(space, told.age_band)
    if asks_region(space, role, way) and (regions := list(space.regions.all())):
        check_region(space, told.region_id in {region.pk for region in regions})


def check_apart(space: Space, age_band: str, role: Role, way: str) -> None:
    """Who is 16 or older comes in only to lead, and only when a facilitator invited that very person."""
    if role.verified:
        if way in BY_ONESELF:
            raise ValidationError(_("Deze groep is voor wie jonger is dan 16. Begeleiden kan alleen op uitnodiging."))
    elif age_band not in MINOR:
        raise not_this_age(space)


def check_age(space: Space, age_band: str) -> None:
    """Raises ValidationError for a band outside the limits of this space, and for none."""
    if age_band not in bands_within(space.min_age, space.max_age):
        raise not_this_age(space)


def check_region(space: Space, fits: bool) -> None:
    """Raises ValidationError, with where the space is for, unless it fits."""
    if not fits:
        raise not_this_region(space)


def not_this_region(space: Space) -> ValidationError:
    """The refusal for somebody who lives elsewhere, with where the space is for."""
    names = ", ".join(space.regions.values_list("name", flat=True))
    sentence = _("Deze groep is voor mensen uit %(regions)s. Uit jouw regio kun je hier niet meedoen.")
    return ValidationError({"unkept_postcode": ValidationError(sentence % {"regions": names}, code="elsewhere")})


def not_this_age(space: Space) -> ValidationError:
    """The refusal for somebody who is too young or too old."""
    ages = in_words(space.min_age, space.max_age)
    sentence = _("Deze groep is voor mensen van %(ages)s. Met jouw leeftijd kun je hier niet meedoen.")
    if not space.min_age:
        sentence = _("Deze groep is voor wie %(ages)s is. Met jouw leeftijd kun je hier niet meedoen.")
    return ValidationError({"unkept_age": ValidationError(sentence % {"ages": ages}, code="elsewhere")})


def parents_first(way: str) -> ValidationError:
    """The refusal for somebody under 16 whose parents were not asked yet: to the facilitator, or to that person."""
    if way == "manage_members":
        sentence = _("Praat eerst met de ouders. Vinden zij het goed? Zet dan het vinkje.")
        return ValidationError({"parents_agree": sentence})
    sentence = _(
        "Ben je jonger dan 16? Dan praat een begeleider van deze groep eerst met je ouders. "
        "Vraag de begeleider om een uitnodiging voor jou alleen."
    )
    return ValidationError({"unkept_age": ValidationError(sentence, code="elsewhere")})


def may_hold(membership: Membership, role: Role) -> bool:
    """May this member hold this role? In a space for people under 16 an adult only leads."""
    return not membership.space.stands_apart or role.verified or membership.age_band in MINOR


def _is_ordinary(space: Space, role: Role | None) -> bool:
    kind = space.space_kind
    return role is None or (kind is not None and role == kind.entry_role)
