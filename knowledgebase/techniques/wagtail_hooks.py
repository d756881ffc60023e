"""What the techniques add to the CMS: the goals of social work, and the screen for those who write along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..cms_menu import LISTS_HOOK
from . import admin_views
from .models import SocialWorkGoal


class SocialWorkGoalViewSet(SnippetViewSet):
    """The goals that techniques serve."""

    model = SocialWorkGoal
    icon = "pick"
    list_display = ["name", "text"]
    menu_hook = LISTS_HOOK
    menu_order = 50


register_snippet(SocialWorkGoalViewSet)


@hooks.register("register_admin_urls")
def contributor_urls() -> list[URLPattern]:
    """The screen for one theme, and what its buttons do."""
    return [
        path(
            "technieken/<int:page_id>/meeschrijvers/",
            admin_views.contributors,
            name="knowledgebase_techniques_contributors",
        ),
        path("technieken/<int:page_id>/uitnodigen/", admin_views.invite, name="knowledgebase_techniques_invite"),
        path("technieken/<int:page_id>/ronde/", admin_views.change_round, name="knowledgebase_techniques_round"),
        path(
            "technieken/uitnodiging/<uuid:pk>/intrekken/",
            admin_views.withdraw,
            name="knowledgebase_techniques_withdraw",
        ),
        path("technieken/meeschrijver/<uuid:pk>/stoppen/", admin_views.end, name="knowledgebase_techniques_end"),
        path("technieken/reactie/<uuid:pk>/afhandelen/", admin_views.handle, name="knowledgebase_techniques_handle"),
        path(
            "technieken/reactie/<uuid:pk>/overnemen/", admin_views.take_over, name="knowledgebase_techniques_take_over"
        ),
    ]


@hooks.register("register_page_header_buttons")
def contributors_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The way from a theme to those who write along."""
    theme = admin_views.as_theme(page)
    if theme is not None and theme.permissions_for_user(user).can_edit():
        yield Button(
            _("Meeschrijvers"),
            reverse("knowledgebase_techniques_contributors", args=[page.pk]),
            icon_name="group",
            priority=40,
        )
