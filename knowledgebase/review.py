"""Which public pages somebody should read again, and the report that lists them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from .models import PublicPage, Theme


def pages_to_review(user: Any, on: dt.date | None = None) -> QuerySet[PublicPage]:
    """Live pages that this member of staff may change, and that were never checked or should be checked again by now.

    Those that were never checked come first, then those that were checked longest ago.
    """
    on = on or timezone.localdate()
    never = Q(checked_on=None, review_on=None, content_type__in=checked_types())
    due = PublicPage.objects.to_check(on).values("pk")
    own = page_permission_policy.instances_user_has_permission_for(user, "change").values("pk")
    return (
        PublicPage.objects.live()
        .filter(never | Q(pk__in=due), pk__in=own)
        .select_related("theme", "content_type")
        .order_by(F("checked_on").asc(nulls_first=True), "title")
    )


@cache
def checked_models() -> tuple[type[PublicPage], ...]:
    """The page types on which an editor can say when they were checked; a list of pages has nothing to check."""
    from wagtail.models import get_page_models

    types = [model for model in get_page_models() if issubclass(model, PublicPage) and model.ages]
    return tuple(model for model in types if "checked_on" in model.get_edit_handler().get_form_class().base_fields)


def checked_types() -> list[int]:
    """The same as keys of content types."""
    from django.contrib.contenttypes.models import ContentType

    return [content_type.pk for content_type in ContentType.objects.get_for_models(*checked_models()).values()]


def why(page: PublicPage) -> str:
    """Why this page is on the list."""
    if page.check_due_on is None:
        return _("Nog niet nagekeken")
    return _("Nakijken vanaf %(date)s") % {"date": date_format(page.check_due_on, "j F Y")}


class ReviewFilterSet(WagtailFilterSet):
    """Of which theme."""

    theme = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Thema"),
        queryset=lambda request: Theme.objects.all(),
        empty_label=gettext_lazy("Alle thema's"),
    )

    class Meta:
        model = PublicPage
        fields = ["theme"]


class ReviewReportView(ReportView):
    """Pages that somebody with knowledge should read again."""

    model = PublicPage
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    page_title = gettext_lazy("Nakijken")
    header_icon = "calendar-check"
    results_template_name = "knowledgebase/admin/review_results.html"
    index_url_name = "knowledgebase_review_report"
    index_results_url_name = "knowledgebase_review_report_results"
    filterset_class = ReviewFilterSet
    is_searchable = False
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Pagina"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("type", label=gettext_lazy("Soort"), accessor="page_type_display_name"),
        Column("theme", label=gettext_lazy("Thema"), accessor=lambda page: page.theme or ""),
        Column("why", label=gettext_lazy("Waarom?"), accessor=why),
    ]
    list_export = ["title", "page_type_display_name", "theme", "checked_on", "check_due_on"]
    export_headings = {
        "title": gettext_lazy("Pagina"),
        "page_type_display_name": gettext_lazy("Soort"),
        "theme": gettext_lazy("Thema"),
        "checked_on": gettext_lazy("Gecontroleerd op"),
        "check_due_on": gettext_lazy("Nakijken vanaf"),
    }
    export_filename = "nakijken"

    def get_base_queryset(self) -> QuerySet[PublicPage]:
        return pages_to_review(self.request.user)


class ReviewMenuItem(MenuItem):
    """For who may change pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        permissions = ReviewReportView.any_permission_required
        return ReviewReportView.permission_policy.user_has_any_permission(request.user, permissions)
