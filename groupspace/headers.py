"""The headers that tell a browser what a page may do: the same on every answer, so they are written down once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def policy(**directives: str) -> str:
    """Write a Content-Security-Policy; `script_src="'self'"` becomes `script-src 'self'`."""
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in directives.items())


#: Nothing from elsewhere, nothing written in the page itself, and nobody frames us. There is no nonce, so that a
#: page can be cached and no template is tempted to put a script in it.
PAGES = policy(
    default_src="'none'",
    script_src="'self'",
    style_src="'self'",
    img_src="'self' data:",
    font_src="'self'",
    connect_src="'self'",
    media_src="'self'",
    manifest_src="'self'",
    form_action="'self'",
    frame_ancestors="'none'",
    base_uri="'none'",
    object_src="'none'",
)
#: Wagtail's admin writes scripts and styles in its pages, and shows previews in a frame (trap B16).
CMS = policy(
    default_src="'self'",
    script_src="'self' 'unsafe-inline'",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data: blob:",
    form_action="'self'",
    frame_ancestors="'self'",
    base_uri="'none'",
    object_src="'none'",
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class HeadersMiddleware:
    """Stands first, so that also a cached page, a file and a refusal carry the headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.cms_prefix: str | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = CMS if self.in_cms(request.path_info) else PAGES
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def in_cms(self, path: str) -> bool:
        if self.cms_prefix is None:
            try:
                self.cms_prefix = reverse("wagtailadmin_home")
            except NoReverseMatch:
                self.cms_prefix = ""
        return bool(self.cms_prefix) and path.startswith(self.cms_prefix)
