"""The report for staff: what is read, of which theme, and when."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .. import charts
from ..models import Theme
from .models import DayCount

policy = ModelPermissionPolicy(DayCount)

PERIODS = [
    ("7", gettext_lazy("Laatste 7 dagen")),
    ("30", gettext_lazy("Laatste 30 dagen")),
    ("91", gettext_lazy("Laatste 3 maanden")),
    ("365", gettext_lazy("Laatste jaar")),
    ("all", gettext_lazy("Alles")),
]
GROUPS = [
    ("page", gettext_lazy("Per pagina")),
    ("theme", gettext_lazy("Per thema")),
    ("day", gettext_lazy("Per dag")),
    ("month", gettext_lazy("Per maand")),
]
BARS = 10


class ReachFilterSet(WagtailFilterSet):
    """Which views, and added up in which way."""

    per = django_filters.ChoiceFilter(
        label=gettext_lazy("Tel op"), choices=GROUPS, empty_label=None, method="leave", widget=forms.RadioSelect
    )
    period = django_filters.ChoiceFilter(
        label=gettext_lazy("Periode"), choices=PERIODS, empty_label=None, method="leave", widget=forms.RadioSelect
    )
    theme = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Thema"),
        queryset=lambda request: Theme.objects.all(),
        empty_label=gettext_lazy("Alle thema's"),
    )

    class Meta:
        model = DayCount
        fields = ["theme"]

    def leave(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The view looks at this one itself."""
        return queryset


class ReachReportView(ReportView):
    """How often pages were opened. There is nothing in it about who opened them."""

    model = DayCount
    permission_policy = policy
    permission_required = "view"
    page_title = gettext_lazy("Bereik")
    header_icon = "view"
    template_name = "knowledgebase/reach/report.html"
    results_template_name = "knowledgebase/reach/report_results.html"
    index_url_name = "knowledgebase_reach_report"
    index_results_url_name = "knowledgebase_reach_report_results"
    filterset_class = ReachFilterSet
    is_searchable = False
    list_export = ["name", "total"]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The period and the way of adding up; the usual ones when nothing sensible was asked for."""
        asked = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        return {"per": asked.get("per") or "page", "period": asked.get("period") or "30"}

    @cached_property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the period."""
        today = timezone.localdate()
        if self.chosen["period"] == "all":
            first = DayCount.objects.order_by("day").values_list("day", flat=True).first()
            return first or today, today
        return today - dt.timedelta(days=int(self.chosen["period"]) - 1), today

    def get_base_queryset(self) -> QuerySet:
        return DayCount.objects.between(*self.days)

    def get_queryset(self) -> QuerySet:
        counts = self.filter_queryset(self.get_base_queryset())
        return getattr(counts, f"per_{self.chosen['per']}")()

    def get_filtered_queryset(self) -> list[dict[str, Any]]:
        return [{**row, "name": self.name_of(row)} for row in self.get_queryset()]

    def name_of(self, row: dict[str, Any]) -> str:
        """What this row is called."""
        match self.chosen["per"]:
            case "page":
                return row["page__title"] or _("Pagina's die weg zijn")
            case "theme":
                return row["theme__name"] or _("Zonder thema")
            case "month":
                return date_format(row["month"], "F Y")
        return date_format(row["day"], "j F Y")

    @cached_property
    def columns(self) -> list[Column]:
        heading = {"page": _("Pagina"), "theme": _("Thema"), "day": _("Dag"), "month": _("Maand")}[self.chosen["per"]]
        return [
            TitleColumn("name", label=heading, get_url=self.edit_url),
            Column("total", label=_("Keer geopend"), accessor=lambda row: charts.as_written(row["total"])),
        ]

    def edit_url(self, row: dict[str, Any]) -> str | None:
        """A page can be opened in the editor from here."""
        page_id = row.get("page_id")
        return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else None

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.columns[self.list_export.index(field)].label)

    def to_row_dict(self, item: dict[str, Any]) -> OrderedDict[str, Any]:
        return OrderedDict((field, item[field]) for field in self.list_export)

    def get_filename(self) -> str:
        first, last = self.days
        return f"bereik-{self.chosen['per']}-{first:%Y%m%d}-{last:%Y%m%d}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        rows = self.object_list
        in_time = self.chosen["per"] in ("day", "month")
        first, last = self.days
        return {
            **context,
            "first": first,
            "last": last,
            "total": (total := sum(row["total"] for row in rows)),
            "total_written": charts.as_written(total),
            "chart": charts.columns(self.every_point(rows)) if in_time and rows else None,
            "bars": None if in_time else charts.bars([(row["name"], row["total"]) for row in rows[:BARS]]),
            "more": max(0, len(rows) - BARS),
        }

    def every_point(self, rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
        """Also the days and months on which nobody read anything: a chart that skips them lies."""
        first, last = self.days
        first = max(first, DayCount.objects.order_by("day").values_list("day", flat=True).first() or first)
        if self.chosen["per"] == "month":
            counts = {row["month"]: row["total"] for row in rows}
            months = sorted({day.replace(day=1) for day in days_between(first, last)})
            return [(date_format(month, "b Y"), counts.get(month, 0)) for month in months]
        counts = {row["day"]: row["total"] for row in rows}
        return [(date_format(day, "j b"), counts.get(day, 0)) for day in days_between(first, last)]


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last."""
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
