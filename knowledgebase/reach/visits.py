"""Which answers count as somebody reading a page. Nothing that is looked at here is kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase

#: Parts of names by which programs introduce themselves; people's browsers hold none of them. Plain words, as this is
#: asked for every page: one pattern of all of them takes thirty times as long.
PROGRAMS = (
    "bot", "crawl", "spider", "slurp", "archiv", "preview", "scan", "monitor", "check", "fetch", "feed", "headless",
    "lighthouse", "pingdom", "phantomjs", "selenium", "python", "java/", "curl", "wget", "perl/", "ruby", "php",
    "go-http", "okhttp", "axios", "node-fetch", "node.js", "node/", "httpie", "libwww", "httpclient", "http-client",
    "http_client", "facebookexternal", "whatsapp", "embedly", "mediapartners", "semrush", "ahrefs",
)  # fmt: skip
#: A make of telephones.
NO_PROGRAM = "cubot"
AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_read(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody opened this page: a person, in a browser, on purpose, and not one of the staff."""
    return (
        request.method == "GET"
        and response.status_code in (200, 304)
        and is_person(request)
        and not is_refined(request)
        and not is_staff(request)
    )


def is_person(request: HttpRequest) -> bool:
    """Whether a person asks for this page to read it now; not a program, nor a browser that loads ahead."""
    meta = request.META
    browser = meta.get("HTTP_USER_AGENT", "")
    return bool(browser) and not is_program(browser) and not any(loads_ahead(meta.get(name)) for name in AHEAD)


def is_program(browser: str) -> bool:
    """Whether this is the name of a program that reads pages for itself."""
    browser = browser.lower().replace(NO_PROGRAM, "")
    return any(word in browser for word in PROGRAMS)


def loads_ahead(purpose: str | None) -> bool:
    """Whether a browser says that it loads a page which nobody asked for yet."""
    return bool(purpose) and ("prefetch" in purpose.lower() or "preview" in purpose.lower())


def is_refined(request: HttpRequest) -> bool:
    """Whether the reader was on this page already, and only filters it or leafs through it."""
    meta = request.META
    if "HTTP_HX_REQUEST" in meta:
        return True
    return bool(meta.get("QUERY_STRING")) and urlsplit(meta.get("HTTP_REFERER", "")).path == request.path


def is_staff(request: HttpRequest) -> bool:
    """Whether one of the staff is logged in. A page from the cache is for nobody who is logged in."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
