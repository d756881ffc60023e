"""The newsletter in the CMS: a button on an issue, and counts of who asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from ..cms_menu import HOOK
from . import admin_views
from .actions import MAY_MANAGE
from .models import IssuePage
from .sending import LOGGED, MAY_SEND


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The screens of the newsletter."""
    return [
        path("nieuwsbrief/", admin_views.overview, name="knowledgebase_newsletter_overview"),
        path("nieuwsbrief/<int:issue_id>/", admin_views.send, name="knowledgebase_newsletter_send"),
        path("nieuwsbrief/<int:issue_id>/mail/", admin_views.show_mail, name="knowledgebase_newsletter_mail"),
        path("nieuwsbrief/<int:issue_id>/tekst/", admin_views.show_text, name="knowledgebase_newsletter_text"),
    ]


class NewsletterMenuItem(MenuItem):
    """For who may do something there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_MANAGE) or request.user.has_perm(MAY_SEND)


@hooks.register(HOOK)
def menu_item() -> MenuItem:
    """Subscribers are visitors too."""
    address = reverse("knowledgebase_newsletter_overview")
    return NewsletterMenuItem(_("Nieuwsbrief"), address, name="newsletter", icon_name="mail", order=60)


@hooks.register("register_page_header_buttons")
def send_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """On an issue that is on the site: the way to send it."""
    if page.live and issubclass(page.specific_class or Page, IssuePage) and user.has_perm(MAY_SEND):
        address = reverse("knowledgebase_newsletter_send", args=[page.pk])
        yield Button(_("Verstuur nieuwsbrief"), address, icon_name="mail", priority=5)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """The history of an issue tells when it was sent."""
    actions.register_action(LOGGED, _("Nieuwsbrief versturen"), _("Nieuwsbrief verstuurd"))
