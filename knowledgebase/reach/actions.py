"""What is done with counts: adding to them, and merging old ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from wagtail.models import Page

from .. import conf
from .models import DayCount

Row = tuple[int, int | None, dt.date]


def add_views(views: Mapping[tuple[int, dt.date], int]) -> None:
    """Add these numbers of views of (page, day) to what is in the database, all or none.

    The theme is the one that the page has now. Views of a page that has been deleted meanwhile are dropped.
    Raises DatabaseError when the database does not take them.
    """
    if not views:
        return
    with transaction.atomic():
        themes = dict(
            Page.objects.filter(pk__in={page for page, _day in views}).values_list("pk", "publicpage__theme_id")
        )
        # In one order for all processes: PostgreSQL locks row by row, and two must not wait for each other.
        wanted = {(page, themes[page], day): count for (page, day), count in sorted(views.items()) if page in themes}
        if not wanted:
            return
        there = _rows(wanted)
        missing = [DayCount(page_id=page, theme_id=theme, day=day) for page, theme, day in wanted.keys() - there.keys()]
        if missing:
            # Another process may make the same row now: it stays, and both add to it.
            DayCount.objects.bulk_create(sorted(missing, key=lambda row: (row.page_id, row.day)), ignore_conflicts=True)
            there = _rows(wanted)
        for key, count in wanted.items():
            DayCount.objects.filter(pk=there[key]).update(views=F("views") + count)


def _rows(wanted: Mapping[Row, int]) -> dict[Row, int]:
    """The rows that there are for these counts; the oldest of several."""
    pages, _themes, days = zip(*wanted, strict=True)
    rows = DayCount.objects.filter(page_id__in=set(pages), day__in=set(days)).order_by("-pk")
    return {(row.page_id, row.theme_id, row.day): row.pk for row in rows}


def merge_old_counts(today: dt.date | None = None) -> int:
    """Merge the days of each month that is older than REACH_YEARS_PER_DAY into one row; return how many rows went.

    A month is merged when all of it is old. Sums for each page, theme and month stay the same.
    """
    today = today or timezone.localdate()
    limit = today.replace(year=today.year - conf.get("REACH_YEARS_PER_DAY"), day=1)
    merged = 0
    # A month at a time: SQLite has one writer, and others have something to save too.
    while month := _oldest_unmerged_month(limit):
        merged += _merge_month(month)
    return merged


def _oldest_unmerged_month(limit: dt.date) -> dt.date | None:
    unmerged = DayCount.objects.filter(day__lt=limit).exclude(day__day=1)
    return unmerged.order_by("day").annotate(month=TruncMonth("day")).values_list("month", flat=True).first()


def _merge_month(month: dt.date) -> int:
    after = (month + dt.timedelta(days=31)).replace(day=1)
    with transaction.atomic():
        days = DayCount.objects.filter(day__gte=month, day__lt=after)
        before = days.count()
        sums = list(days.values_list("page_id", "theme_id").annotate(Sum("views")).order_by())
        days.delete()
        DayCount.objects.bulk_create(
            [DayCount(page_id=page, theme_id=theme, day=month, views=views) for page, theme, views in sums]
        )
    return before - len(sums)
