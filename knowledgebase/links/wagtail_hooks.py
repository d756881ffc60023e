"""What the CMS says of links: while a page is being sent in, and in a report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import BrokenLinkReportView, policy
from .checking import broken_links_in


@hooks.register("check_public_page")
def refuse_broken_links(values: dict[str, Any]) -> dict[str, list[ValidationError]]:
    """A page with a link that leads nowhere is not sent in; a draft may have one."""
    found: dict[str, list[ValidationError]] = {}
    for broken in broken_links_in(values):
        found.setdefault(broken.link.field, []).append(ValidationError(broken.message, code="broken_link"))
    return found


class LinksMenuItem(MenuItem):
    """For who may see the list."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def menu_item() -> LinksMenuItem:
    """The line in the menu."""
    return LinksMenuItem(
        _("Links die niet werken"),
        reverse("knowledgebase_links_report"),
        name="broken-links",
        icon_name="link",
        order=120,
    )


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The addresses of the report."""
    return [
        path("reports/links/", BrokenLinkReportView.as_view(), name="knowledgebase_links_report"),
        path(
            "reports/links/results/",
            BrokenLinkReportView.as_view(results_only=True),
            name="knowledgebase_links_report_results",
        ),
    ]
