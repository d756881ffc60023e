"""The two elements that stand on every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from ..current import DEFAULTS, contact_url, safety

register = template.Library()
register.filter("contact_url", contact_url)


@register.inclusion_tag("groupspace/elements/quick_exit.html")
def quick_exit(fixed: bool = False) -> dict[str, Any]:
    """The button to leave at once. `fixed`: do without cache and database, for pages that say something is broken."""
    return {"target": (DEFAULTS if fixed else safety())["exit_url"]}


@register.inclusion_tag("groupspace/elements/crisis_strip.html")
def crisis_strip(fixed: bool = False) -> dict[str, Any]:
    """Help now, in one line. `fixed`: do without cache and database."""
    settings = DEFAULTS if fixed else safety()
    return {
        "lines": [line for line in settings["lines"] if line["short"]],
        "more_url": settings["help_url"] or reverse("safety:help"),
    }
