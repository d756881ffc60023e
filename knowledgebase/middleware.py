"""A cache of whole public pages for visitors who are not logged in. It can never hold a page made for a member.

Three locks, each enough on its own: a request with any cookie we do not know is not answered from here and not
kept; only a page that says of itself that it is public is kept; and what carries a cookie, a token, a nonce or a
logged-in user is refused. When in doubt, and when the cache fails, the page is simply made anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from wagtail.models import Site

from . import conf, public_cache

logger = logging.getLogger(__name__)

# What is kept: pages, feeds, calendars and the list of addresses for search engines.
KEPT_TYPES = ("text/html", "application/rss+xml", "text/calendar", "application/xml")
MEMORY_SIZE = 200  # pages that one process has at hand besides
# Headers that ask for something else than the plain page.
SPECIAL_HEADERS = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")


class Kept(NamedTuple):
    """A page as it stands in the cache."""

    generation: str
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    page_id: int | None

    def holds(self, generation: str) -> bool:
        """Whether nothing was published since, and it is not too old."""
        return self.generation == generation and time.time() < self.until


class PublicPageCacheMiddleware:
    """Answers anonymous GETs of public pages before sessions, users or the database are touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds: int = conf.get("CACHE_SECONDS")
        self.harmless: frozenset[str] = frozenset(conf.get("CACHE_HARMLESS_COOKIES"))
        self.never: tuple[str, ...] = tuple(conf.get("CACHE_NEVER"))
        self.memory: dict[str, Kept] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.may_answer(request):
            return self.get_response(request)
        generation = public_cache.generation()
        if generation is None:
            return self.get_response(request)
        key = key_for(request, generation)
        kept = self.find(key, generation)
        if kept is None:
            response = self.get_response(request)
            if not may_keep(request, response):
                return response
            # With the generation from before it was made: a change while it was being made makes it old at once.
            kept = keep(response, generation, self.seconds)
            self.write(key, kept)
        return answer(request, kept)

    def may_answer(self, request: HttpRequest) -> bool:
        """Whether this request can be one for a cached page at all."""
        meta = request.META
        return (
            request.method == "GET"
            and not any(header in meta for header in SPECIAL_HEADERS)
            and (not meta.get("HTTP_COOKIE") or self.harmless.issuperset(request.COOKIES))
            and not meta.get("QUERY_STRING")
            and not request.path.startswith(self.never)
            and not getattr(request, "is_dummy", False)  # Wagtail's previews run through the middleware too
        )

    def find(self, key: str, generation: str) -> Kept | None:
        """The page, from this process or else from the shared cache; the generation says whether it is still true."""
        kept = self.memory.get(key)
        if kept is not None and kept.holds(generation):
            return kept
        kept = self.read(key)
        if kept is None or not kept.holds(generation):
            return None
        if len(self.memory) >= MEMORY_SIZE:
            self.memory.clear()
        self.memory[key] = kept
        return kept

    def read(self, key: str) -> Kept | None:
        try:
            return cache.get(key)
        except Exception:
            logger.exception("The shared cache does not answer: this page is made anew.")
            return None

    def write(self, key: str, kept: Kept) -> None:
        try:
            cache.set(key, kept, self.seconds)
        except Exception:
            logger.exception("The shared cache does not answer: this page is not kept.")


def key_for(request: HttpRequest, generation: str) -> str:
    """Where the answer to this request is kept: scheme, site and path.

    Nothing in it is a stranger's to choose: any port, and any name that a wildcard lets through, leads to a site that
    exists, and only a path that exists is ever kept.
    """
    parts = (request.scheme, public_cache.site_id(request, generation), request.path)
    return "knowledgebase:page:" + blake2b("\n".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer is the same for everyone. The page must say so, and nothing may speak against it."""
    user = getattr(request, "user", None)
    session = getattr(request, "session", None)
    return (
        getattr(response, "public_cacheable", False) is True
        and response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith(KEPT_TYPES)
        and not response.cookies
        and "Content-Encoding" not in response
        and "no-store" not in response.get("Cache-Control", "")
        and not getattr(request, "is_preview", False)
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "_csp_nonce", None)
        and not repeats_foreign_address(request, response)
        and not (session is not None and (session.modified or session.session_key))
        and not (user is not None and user.is_authenticated)
    )


def repeats_foreign_address(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page tells the address it was asked at, and that is not the site's own: others would get it too."""
    host = request.get_host()
    site = Site.find_for_request(request)
    own = urlsplit(site.root_url).netloc if site else ""
    return host != own and host.encode() in response.content


def keep(response: HttpResponse, generation: str, seconds: int) -> Kept:
    """The page to keep, with headers that let browsers ask "is it still the same?" and nobody keep it unasked."""
    content = response.content
    headers = dict(response.items()) | {
        "Cache-Control": "no-cache",
        "Vary": "Cookie",
        "ETag": f'"{blake2b(content, digest_size=12).hexdigest()}"',
    }
    page_id = getattr(response, "public_page_id", None)
    return Kept(generation, time.time() + seconds, content, tuple(headers.items()), headers["ETag"], page_id)


def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The kept page, or "not modified" for a browser that has it already."""
    same = kept.etag in request.META.get("HTTP_IF_NONE_MATCH", "")
    response = HttpResponseNotModified() if same else HttpResponse(kept.content)
    response.public_page_id = kept.page_id
    for name, value in kept.headers:
        if not (same and name in ("Content-Type", "Content-Length")):
            response.headers[name] = value
    return response
