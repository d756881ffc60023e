"""The figures that everyone may see: of whole months that are over, rounded, and none that is small."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from .. import charts
from ..models import Theme
from ..suppression import publish
from .models import DayCount

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
    month_rows: list[charts.Bar] | None = None
    something_hidden: bool = False

    @property
    def total_written(self) -> str:
        """The total as people write it."""
        return charts.as_written(self.total) if self.total is not None else ""

    @property
    def shown_themes(self) -> list[charts.Bar]:
        """The themes with a number."""
        return [bar for bar in self.themes or [] if bar.count is not None]

    @property
    def hidden_themes(self) -> int:
        """How many themes have a number that is not shown."""
        return len(self.themes or []) - len(self.shown_themes)


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
    names = dict(Theme.objects.values_list("pk", "name"))
    # Pages without a theme are a part of the total, so they are weighed too. To a reader they tell nothing.
    by_theme = publish({pk: per_theme.get(pk, 0) for pk in (*names, None)})
    themes = [(names[pk], by_theme.cells[pk]) for pk in names]
    themes.sort(key=lambda theme: (theme[1] is None, -(theme[1] or 0)))

    return PublicFigures(
        next_on,
        first,
        last,
        total=None if None in (by_month.total, by_theme.total) else by_month.total,
        themes=charts.bars(themes),
        months=charts.columns([(date_format(month, "b"), by_month.cells[month]) for month in months]),
        month_rows=charts.bars([(date_format(month, "F Y"), by_month.cells[month]) for month in months]),
        something_hidden=bool(by_month.hidden or by_theme.hidden),
    )


def months_later(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months after the month of `day`."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, 1)
