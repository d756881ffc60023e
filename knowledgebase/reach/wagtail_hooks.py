"""The report of what is read, in the menu "Rapporten"."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import ReachReportView, policy


class ReachMenuItem(MenuItem):
    """For who may see the counts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def menu_item() -> ReachMenuItem:
    """The line in the menu."""
    return ReachMenuItem(_("Bereik"), reverse("knowledgebase_reach_report"), name="reach", icon_name="view", order=100)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The addresses of the report."""
    return [
        path("reports/bereik/", ReachReportView.as_view(), name="knowledgebase_reach_report"),
        path(
            "reports/bereik/results/",
            ReachReportView.as_view(results_only=True),
            name="knowledgebase_reach_report_results",
        ),
    ]
