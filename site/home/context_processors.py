"""What the templates of every page know about the site. It runs on private pages too, so it costs no query."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .navigation import structure


def site(request: HttpRequest) -> dict[str, Any]:
    """Menu, footer and names of the site; `current` marks the menu item under which the visitor is."""
    found = structure(request)
    path = request.path
    return {
        "site_name": found.name,
        "site_neutral_name": found.neutral_name,
        "site_on_phone": found.on_phone,
        "site_menu": [
            {"label": link.label, "url": link.url, "current": link.url != "/" and path.startswith(link.url)}
            for link in found.menu
        ],
        "site_footer": [{"label": link.label, "url": link.url} for link in found.footer],
        "site_buttons": [{"label": link.label, "url": link.url} for link in found.buttons],
    }
