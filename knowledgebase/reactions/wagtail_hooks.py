"""What reactions add: a part of public pages, and a list in the CMS."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledgebase.cms_lists import PermittedMenuItem, list_urls
from knowledgebase.cms_menu import HOOK as VISITORS_HOOK
from knowledgebase.models.reactions import HOOK as BELOW_HOOK

from . import admin_views
from .actions import HANDLE
from .views import below


@hooks.register(BELOW_HOOK)
def reactions_below(request: HttpRequest, page: object) -> str:
    """What visitors wrote, and how to react."""
    return below(request, page)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The addresses of the screens."""
    return [
        *list_urls(admin_views.ReactionIndexView, "van-bezoekers/reacties/"),
        path("van-bezoekers/reacties/<uuid:pk>/", admin_views.reaction, name="knowledgebase_reactions_reaction"),
    ]


@hooks.register(VISITORS_HOOK)
def reactions_item() -> MenuItem:
    """A line in the menu for who places reactions."""
    return PermittedMenuItem(
        _("Reacties"),
        reverse("knowledgebase_reactions_list"),
        permission=HANDLE,
        name="knowledgebase-reactions",
        icon_name="comment",
        order=15,
    )
