"""What quick scans add to the CMS: the list of scans, and the screen with codes and results of one."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledgebase.cms_lists import PermittedMenuItem, list_urls
from knowledgebase.cms_menu import HOOK

from . import admin_views as views
from .actions import VIEW


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The addresses of the screens."""
    return [
        *list_urls(views.ScanIndexView, "van-bezoekers/quickscans/"),
        path("van-bezoekers/quickscans/<int:pk>/", views.scan, name="knowledgebase_quickscan_scan"),
        path("van-bezoekers/quickscans/<int:pk>/codes/", views.codes, name="knowledgebase_quickscan_codes"),
        path(
            "van-bezoekers/quickscans/code/<uuid:pk>/intrekken/",
            views.withdraw,
            name="knowledgebase_quickscan_withdraw",
        ),
    ]


@hooks.register(HOOK)
def item() -> MenuItem:
    """The line in the menu."""
    return PermittedMenuItem(
        _("Quickscans"),
        reverse(views.ScanIndexView.index_url_name),
        permission=VIEW,
        name="kb-quickscans",
        icon_name="clipboard-list",
        order=50,
    )
