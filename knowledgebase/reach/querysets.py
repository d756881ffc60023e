"""The questions that reports ask of the counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Sum
from django.db.models.functions import TruncMonth


class DayCountQuerySet(models.QuerySet):
    """Counts, added up in the ways in which people look at them."""

    def between(self, first: dt.date, last: dt.date) -> DayCountQuerySet:
        """From the first day to the last, both included."""
        return self.filter(day__range=(first, last))

    def total(self) -> int:
        """All views together."""
        return self.aggregate(total=Sum("views"))["total"] or 0

    def per_page(self) -> models.QuerySet[Any, dict[str, Any]]:
        """The most read page first; pages that are gone count as one."""
        return self.values("page_id", "page__title").annotate(total=Sum("views")).order_by("-total", "page__title")

    def per_theme(self) -> models.QuerySet[Any, dict[str, Any]]:
        """The most read theme first; pages without a theme count as one."""
        return self.values("theme_id", "theme__name").annotate(total=Sum("views")).order_by("-total", "theme__name")

    def per_day(self) -> models.QuerySet[Any, dict[str, Any]]:
        """In order of time."""
        return self.values("day").annotate(total=Sum("views")).order_by("day")

    def per_month(self) -> models.QuerySet[Any, dict[str, Any]]:
        """In order of time; `month` is the first day of it."""
        return self.values(month=TruncMonth("day")).annotate(total=Sum("views")).order_by("month")
