"""Pages with more addresses than their own: further pages of a list, a feed, a calendar file.

They are paths and not questions behind a `?`: only a path can be kept by the page cache.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as PaginatorPage
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin

from ..mixins import PublicPageMixin


class MoreAddressesMixin(PublicPageMixin, RoutablePageMixin):
    """Wagtail's extra routes, below what every public page does: put it before the page class.

    Wagtail's mixin in front would answer extra routes by itself, without language and without the cache's lock.
    """

    #: Extra addresses that others store. When staff move the page, these lead to the new place too.
    lasting: tuple[str, ...] = ()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a calendar program or feed reader fetches every few hours does not count as a page that is read."""
        response = super().serve(request, *args, **kwargs)
        if not response.get("Content-Type", "").startswith("text/html"):
            response.public_page_id = None
        return response

    def get_route_paths(self) -> list[str]:
        """The paths for which Wagtail makes a redirect when the page moves."""
        return ["/", *(f"/{part}" for part in self.lasting)]

    def get_full_address(self, request: HttpRequest, subpath: str = "") -> str:
        """The whole address of this page, or of one of its extra addresses."""
        from ..sharing import address

        return address(request, self.get_url(request) or "/") + subpath


def page_of(items: Any, number: int, size: int) -> PaginatorPage:
    """One page of a list. Raises Http404 when there is no such page, so that nobody can fill the cache with them."""
    try:
        return Paginator(items, size).page(number)
    except EmptyPage as error:
        raise Http404 from error


def as_file(content: bytes, content_type: str, name: str = "") -> HttpResponse:
    """An answer that calendar programs and feed readers fetch; a name makes a browser save it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    return HttpResponse(content, content_type=content_type, headers=headers)
