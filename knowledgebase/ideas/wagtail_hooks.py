"""What ideas of visitors add to the CMS: the list of entries, the list of ideas, and the comparison."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledgebase.cms_lists import PermittedMenuItem, list_urls
from knowledgebase.cms_menu import HOOK

from . import admin_views as views
from .actions import HANDLE


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The addresses of the screens."""
    return [
        *list_urls(views.EntryIndexView, "van-bezoekers/inzendingen/"),
        *list_urls(views.IdeaIndexView, "van-bezoekers/ideeen/"),
        path("van-bezoekers/inzendingen/<int:pk>/", views.entry, name="knowledgebase_ideas_entry"),
        path("van-bezoekers/ideeen/vergelijken/", views.compare, name="knowledgebase_ideas_compare"),
        path("van-bezoekers/ideeen/<int:pk>/", views.idea, name="knowledgebase_ideas_idea"),
        path("van-bezoekers/ideeen/<int:pk>/kiezen/", views.choose, name="knowledgebase_ideas_choose"),
    ]


def item(label: str, url_name: str, icon: str, order: int) -> MenuItem:
    """A line in the menu for who handles ideas."""
    return PermittedMenuItem(
        label, reverse(url_name), permission=HANDLE, name=url_name.replace("_", "-"), icon_name=icon, order=order
    )


@hooks.register(HOOK)
def entries_item() -> MenuItem:
    """What visitors sent in."""
    return item(_("Ingezonden ideeën"), "knowledgebase_ideas_entries", "comment", 20)


@hooks.register(HOOK)
def ideas_item() -> MenuItem:
    """The public ideas."""
    return item(_("Ideeën voor groepen"), "knowledgebase_ideas_list", "pick", 25)


@hooks.register(HOOK)
def compare_item() -> MenuItem:
    """Beside each other."""
    return item(_("Ideeën vergelijken"), "knowledgebase_ideas_compare", "table", 30)
