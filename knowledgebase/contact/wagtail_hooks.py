"""What messages of visitors add to the CMS: two lists and the screen of one message."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledgebase.cms_lists import PermittedMenuItem, list_urls
from knowledgebase.cms_menu import HOOK

from . import admin_views
from .actions import HANDLE


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The addresses of the screens."""
    return [
        *list_urls(admin_views.MessageIndexView, "van-bezoekers/berichten/"),
        *list_urls(admin_views.InterestIndexView, "van-bezoekers/belangstelling/"),
        path("van-bezoekers/berichten/<int:pk>/", admin_views.message, name="knowledgebase_contact_message"),
    ]


@hooks.register(HOOK)
def messages_item() -> MenuItem:
    """Questions, complaints and notices."""
    view = admin_views.MessageIndexView
    return PermittedMenuItem(
        view.page_title,
        reverse(view.index_url_name),
        permission=HANDLE,
        name="kb-messages",
        icon_name="mail",
        order=10,
    )


@hooks.register(HOOK)
def interest_item() -> MenuItem:
    """Institutions that are interested."""
    return PermittedMenuItem(
        _("Belangstelling van organisaties"),
        reverse(admin_views.InterestIndexView.index_url_name),
        permission=HANDLE,
        name="kb-interest",
        icon_name="group",
        order=40,
    )
