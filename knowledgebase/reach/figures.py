"""The figures that everyone may see: of whole months that are over, rounded, and none that is small."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Theme
from . import charts
from .models import DayCount
from .suppression import publish

MONTHS = 12


@dataclass(frozen=True)
class PublicFigures:
    """What the page "Wat bereiken we" tells. Numbers that are None are too small to show.

    Attributes:
        first, last: the first and the last day that are counted.
        next_on: the day from which there is more to tell.
    """

    next_on: dt.date
    first: dt.date | None = None
    last: dt.date | None = None
    total: int | None = None
    themes: list[charts.Bar] | None = None
    months: charts.Columns | None = None
    month_rows: list[tuple[str, int | None]] | None = None
    something_hidden: bool = False


def public_figures(today: dt.date | None = None) -> PublicFigures:
    """The figures of the last twelve months that are over, or of fewer if we have not counted for so long.

    Themes and months are two lists with one total; neither is a part of the other.
    """
    this_month = (today or timezone.localdate()).replace(day=1)
    next_on = months_later(this_month, 1)
    last = this_month - dt.timedelta(days=1)
    counted_since = DayCount.objects.order_by("day").values_list("day", flat=True).first()
    if counted_since is None or counted_since > last:
        return PublicFigures(next_on)
    first = max(counted_since.replace(day=1), months_later(this_month, -MONTHS))
    counts = DayCount.objects.between(first, last)

    per_month = {row["month"]: row["total"] for row in counts.per_month()}
    months = [months_later(first, number) for number in range(MONTHS) if months_later(first, number) <= last]
    by_month = publish({month: per_month.get(month, 0) for month in months})

    per_theme = {row["theme_id"]: row["total"] for row in counts.per_theme()}
    names = dict(Theme.objects.values_list("pk", "name")) | {None: _("Zonder thema")}
    by_theme = publish({pk: per_theme.get(pk, 0) for pk in names})
    best_first = sorted(by_theme.cells.items(), key=lambda cell: (cell[1] is None, -(cell[1] or 0)))

    return PublicFigures(
        next_on,
        first,
        last,
        total=None if None in (by_month.total, by_theme.total) else by_month.total,
        themes=charts.bars([(names[pk], count) for pk, count in best_first]),
        months=charts.columns([(date_format(month, "M"), by_month.cells[month]) for month in months]),
        month_rows=[(date_format(month, "F Y"), by_month.cells[month]) for month in months],
        something_hidden=bool(by_month.hidden or by_theme.hidden),
    )


def months_later(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months after the month of `day`."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, 1)
