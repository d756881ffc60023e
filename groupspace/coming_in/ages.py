"""Age in bands, as the law on consent has them (AVG art. 8, UAVG art. 5; Wgbo art. 7:447): never a date of birth."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class AgeBand(TextChoices):
    """How old somebody says they are."""

    UNDER_12 = "0-11", _("jonger dan 12")
    FROM_12 = "12-15", _("12 tot en met 15")
    FROM_16 = "16-17", _("16 of 17")
    ADULT = "18-", _("18 of ouder")

    @property
    def span(self) -> tuple[int, int]:
        """The youngest and the oldest age in this band, in years."""
        low, _dash, high = self.value.partition("-")
        return int(low), int(high or 150)


#: Younger than this stands apart from adults.
MINOR = frozenset({AgeBand.UNDER_12, AgeBand.FROM_12})


def bands_within(youngest: int | None, oldest: int | None) -> list[AgeBand]:
    """The bands that have an age between these two, in years; both count, and None is no limit."""
    low, high = youngest or 0, 150 if oldest is None else oldest
    return [band for band in AgeBand if band.span[0] <= high and band.span[1] >= low]


#: What people choose who fall outside the limits; it is kept nowhere.
YOUNGER, OLDER = "younger", "older"


def choices_within(youngest: int | None, oldest: int | None) -> list[tuple[str, str]]:
    """What somebody chooses from: each band as far as it lies within these ages, and beside them too young and too old.

    So a limit inside a band holds too: for 16 to 25 the last choices are "18 tot en met 25" and "26 of ouder".
    """
    choices = [(YOUNGER, in_words(None, youngest - 1))] if youngest else []
    for band in bands_within(youngest, oldest):
        low, high = band.span
        low, high = max(low, youngest or 0), high if oldest is None else min(high, oldest)
        choices.append((band.value, str(band.label) if (low, high) == band.span else in_words(low, high)))
    if oldest is not None:
        choices.append((OLDER, in_words(oldest + 1, None)))
    return choices


def in_words(youngest: int | None, oldest: int | None) -> str:
    """Ages as people say them: "16 tot en met 25", "18 of ouder"; empty without limits."""
    if oldest is None or oldest >= AgeBand.ADULT.span[1]:
        return _now("%(low)d of ouder") % {"low": youngest} if youngest else ""
    if not youngest:
        return _now("jonger dan %(high)d") % {"high": oldest + 1}
    if youngest == oldest:
        return str(youngest)
    pattern = _now("%(low)d of %(high)d") if oldest == youngest + 1 else _now("%(low)d tot en met %(high)d")
    return pattern % {"low": youngest, "high": oldest}
