"""The headers that tell a browser what a page may do: the same on every answer, so they are written down once."""

from __future__ import annotations

import re
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
#: A draft as its editor sees it, in a frame of Wagtail's admin (trap B16).
PREVIEW = PAGES.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
#: Wagtail's admin writes scripts and styles in its pages, and has that frame.
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


#: A public page may name the sites whose films it shows after a click; only whole origins count.
FRAMES_HEADER = "X-Frame-Origins"
ORIGIN = re.compile(r"https://[a-z0-9.-]+").fullmatch


def frames(response: HttpResponseBase) -> str:
    """What the policy adds for the films on this page; the header that asked for it never leaves the server."""
    asked = response.get(FRAMES_HEADER, "")
    if not asked:
        return ""
    del response[FRAMES_HEADER]
    origins = " ".join(filter(ORIGIN, asked.split()))
    return f"; frame-src {origins}" if origins else ""


class HeadersMiddleware:
    """Stands first, so that also a cached page, a file and a refusal carry the headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.cms_prefix: str | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = self.policy_for(request) + frames(response)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def policy_for(self, request: HttpRequest) -> str:
        # Wagtail sends a request of its own through all middleware to make a preview; nobody can ask for one outside.
        if getattr(request, "is_preview", False):
            return PREVIEW
        return CMS if self.in_cms(request.path_info) else PAGES

    def in_cms(self, path: str) -> bool:
        if self.cms_prefix is None:
            try:
                self.cms_prefix = reverse("wagtailadmin_home")
            except NoReverseMatch:
                self.cms_prefix = ""
        return bool(self.cms_prefix) and path.startswith(self.cms_prefix)
