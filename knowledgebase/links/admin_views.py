"""The report for staff: links that lead nowhere, on which page, and why."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .models import BrokenLink

policy = ModelPermissionPolicy(BrokenLink)


class BrokenLinkReportView(ReportView):
    """Links to mend; each leads to the page or the menu it stands in."""

    model = BrokenLink
    permission_policy = policy
    permission_required = "view"
    page_title = _("Links die niet werken")
    header_icon = "link"
    results_template_name = "knowledgebase/links/report_results.html"
    index_url_name = "knowledgebase_links_report"
    index_results_url_name = "knowledgebase_links_report_results"
    is_searchable = False
    columns = [
        TitleColumn("page", label=_("Pagina"), accessor="where", get_url=lambda link: link.edit_url),
        Column("name", label=_("Link"), accessor="name"),
        Column("address", label=_("Adres"), accessor="address"),
        Column("problem", label=_("Wat is er mis?"), accessor="get_problem_display"),
        DateColumn("seen_on", label=_("Gezien op")),
    ]
    list_export = ["where", "name", "address", "get_problem_display", "seen_on"]
    export_headings = {
        "where": _("Pagina"),
        "name": _("Link"),
        "address": _("Adres"),
        "get_problem_display": _("Wat is er mis?"),
        "seen_on": _("Gezien op"),
    }
    export_filename = "links"

    def get_base_queryset(self) -> QuerySet[BrokenLink]:
        return BrokenLink.objects.for_editors()
