"""Makes counts for the demo, and takes them away again. They are invented, and always the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import PublicPage
from .models import DayCount

#: People read more on a Monday than on a Saturday.
WEEK = (1.3, 1.2, 1.1, 1.0, 0.8, 0.6, 0.9)


@transaction.atomic
def load(data: dict[str, Any]) -> list[DayCount]:
    """Make counts for all live pages with content, when nothing was counted yet. Returns what was made.

    Args:
        data: `days`, for how many days back; `least` and `most`, how often a page is read on a usual day.
    """
    if DayCount.objects.exists():
        return []
    today = timezone.localdate()
    days = [today - dt.timedelta(days=number) for number in range(data["days"])]
    pages = PublicPage.objects.live().order_by("path").values_list("pk", "theme_id")
    return DayCount.objects.bulk_create(
        DayCount(page_id=page, theme_id=theme, day=day, views=views)
        for place, (page, theme) in enumerate(pages)
        for day in days
        if (views := views_on(day, today, usual(place, data["least"], data["most"]), place))
    )


def purge() -> None:
    """Take all counts away: whoever ends the demo starts counting anew."""
    DayCount.objects.all().delete()


def usual(place: int, least: float, most: float) -> float:
    """How often the page in this place is read on a usual day: some a lot, most a little."""
    return least + (most - least) * ((place * 37 % 100) / 100) ** 2


def views_on(day: dt.date, today: dt.date, usual: float, place: int) -> int:
    """How often a page is read on this day: by the day of the week, a little up and down, and more every month."""
    wave = 0.7 + ((day.toordinal() * 7 + place * 13) % 11) / 16
    growth = 1 - min((today - day).days, 400) / 600
    return round(usual * WEEK[day.weekday()] * wave * growth)
