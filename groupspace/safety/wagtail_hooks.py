"""Tells staff on their first page when the numbers of help have not been checked for too long."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .current import safety
from .models import SafetySettings, check_is_due


class CheckPanel(Component):
    """A warning with a link to where the numbers are set."""

    name = "safety-check"
    order = 50
    template_name = "groupspace/safety/admin_check.html"

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        address = reverse(
            "wagtailsettings:edit", args=[SafetySettings._meta.app_label, SafetySettings._meta.model_name]
        )
        return {"checked_on": safety()["checked_on"], "edit_url": address}


@hooks.register("construct_homepage_panels")
def remind_to_check(request: HttpRequest, panels: list[Component]) -> None:
    """Show the warning to those who can do something about it."""
    if check_is_due(safety()["checked_on"]) and request.user.has_perm("groupspace_safety.change_safetysettings"):
        panels.append(CheckPanel())
