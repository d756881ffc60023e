"""What the knowledge base adds to the CMS: its vocabularies, the register of partners, and the visitors' part."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .cms_menu import LISTS_HOOK, from_visitors_item
from .models import Contact, Partner, Theme
from .review import ReviewMenuItem, ReviewReportView


class ThemeViewSet(SnippetViewSet):
    """Themes: what people are dealing with."""

    model = Theme
    icon = "tag"
    list_display = ["name", "domain"]
    list_filter = ["domain"]


class ContactViewSet(SnippetViewSet):
    """People whom readers may call or mail."""

    model = Contact
    icon = "user"
    list_display = ["name", "organisation", "phone", "email"]


class PartnerViewSet(SnippetViewSet):
    """Organisations we talk with; never shown on the site."""

    model = Partner
    icon = "group"
    list_display = ["provider", "provider_kind", "region", "state", "next_step"]
    list_filter = ["state", "provider_kind", "region"]
    search_fields = ["provider", "next_step"]


class WordsGroup(SnippetViewSetGroup):
    """The lists that public pages choose from."""

    menu_label = _("Lijsten")
    menu_name = "kb-lists"
    menu_icon = "list-ul"
    menu_order = 260
    items = (ThemeViewSet, ContactViewSet, PartnerViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        """The lists of this app, and those of the smaller apps. (`submenu_hook` came with Wagtail 8 only.)"""
        return [*super().get_submenu_items(), *(make() for make in hooks.get_hooks(LISTS_HOOK))]


register_snippet(WordsGroup)


@hooks.register("register_admin_menu_item")
def visitors_menu() -> SubmenuMenuItem:
    """What visitors send in, in one place."""
    return from_visitors_item()


@hooks.register("register_reports_menu_item")
def review_menu_item() -> ReviewMenuItem:
    """The report of pages to read again, in the menu "Rapporten"."""
    return ReviewMenuItem(
        _("Nakijken"), reverse("knowledgebase_review_report"), name="review", icon_name="calendar-check", order=110
    )


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """The addresses of that report."""
    results = ReviewReportView.as_view(results_only=True)
    return [
        path("reports/nakijken/", ReviewReportView.as_view(), name="knowledgebase_review_report"),
        path("reports/nakijken/results/", results, name="knowledgebase_review_report_results"),
    ]
