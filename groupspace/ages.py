"""Age in bands, as the law on consent has them (AVG art. 8, UAVG art. 5; Wgbo art. 7:447): never a date of birth."""

from __future__ import annotations

from django.db.models import TextChoices
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
