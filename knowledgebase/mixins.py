"""Behaviour of public pages, without a model of their own: a host can put these before its own page class."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from . import public_cache


class PublicPageMixin:
    """A page that is the same for every visitor: it may be cached, speaks its own language and knows its place."""

    #: Whether every visitor gets the same page. Not so for a page with a form: its token is for one visitor.
    cacheable = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render in the language of the page, and say whether the answer may be kept for others."""
        with translation.override(public_cache.language_of(self)):
            response = super().serve(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
        if origins := self.frame_origins():
            response["X-Frame-Origins"] = " ".join(sorted(origins))  # the host's Content-Security-Policy takes it over
        if getattr(request, "is_preview", False):
            return response
        response.public_page_id = self.pk  # so that who counts readers need not look it up
        user = getattr(request, "user", None)
        if (user is not None and user.is_authenticated) or not self.cacheable:
            response["Cache-Control"] = "private, no-store"
        else:
            response.public_cacheable = not public_cache.is_restricted(self)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "breadcrumbs": self.get_breadcrumbs(request),
            "neutral_title": self.wants_neutral_title,
        }

    def get_breadcrumbs(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(label, address) from the home page to this page; the page itself has no address."""
        site = Site.find_for_request(request)
        home = site.root_page.path if site else ""
        if not home or self.path == home or not self.path.startswith(home):
            return []
        page: Any = self
        crumbs = [(self.title, "")]
        # Whoever came by an address came past the pages above: Wagtail has left each at the one below it.
        while page.path != home:
            page = page.get_parent()
            crumbs.append((_("Start") if page.path == home else page.title, page.get_url(request)))
        return crumbs[::-1]

    def frame_origins(self) -> set[str]:
        """Sites of others whose films this page may show after a click."""
        return set()

    @property
    def wants_neutral_title(self) -> bool:
        """Whether the browser's tab and history must not tell what this page is about."""
        return False
