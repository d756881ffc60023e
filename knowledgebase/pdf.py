"""Makes PDF documents from our own HTML with WeasyPrint: no request ever leaves the machine, one is made at a time."""

from __future__ import annotations

import logging
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache as once
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from . import public_cache

logger = logging.getLogger(__name__)

# Where relative addresses seem to come from when the site does not say its own; a name that can never exist.
HERE = "http://here.invalid/"
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"})
# Of our own code also style sheets and drawings; never of what staff uploaded, which could draw in anything else.
STATIC = PICTURES | {"text/css", "image/svg+xml"}
LARGEST_FILE = 15_000_000
WAIT_SECONDS = 25
KEEP_SECONDS = 7 * 24 * 3600

_one_at_a_time = threading.BoundedSemaphore(1)
# Who waits for a PDF holds a thread of the web server, and there are four: the others are for who wants to read.
_places = threading.BoundedSemaphore(2)


class PdfUnavailable(Exception):
    """No PDF can be made here; `reason` says so in words for the visitor."""

    reason = _("We kunnen nu geen PDF maken. Open de pagina en kies “Afdrukken” in je browser: dan kun je hem bewaren.")


class PdfBusy(PdfUnavailable):
    """Others are waiting for a PDF too."""

    reason = _("Er worden nu veel PDF's gemaakt. Wacht een minuut en probeer het dan opnieuw.")


def pdf_response(html: str, filename: str, request: HttpRequest | None = None) -> HttpResponse:
    """A PDF to download, or a page (503) that says in plain words why there is none. Nobody may keep it.

    Args:
        html: a whole HTML document, rendered from a template.
        filename: what the file is called, with `.pdf`.
        request: makes the page around the sentence complete when there is no PDF.
    """
    try:
        return download(render_pdf(html), filename)
    except PdfUnavailable as error:
        return unavailable(error, request)


def download(document: bytes, filename: str) -> HttpResponse:
    """The answer that offers this document as a file."""
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Cache-Control": "private, no-store",
        },
    )


def unavailable(error: PdfUnavailable, request: HttpRequest | None = None) -> HttpResponse:
    """The page that says why there is no PDF and what to do instead."""
    response = render(request, "knowledgebase/pdf_unavailable.html", {"reason": error.reason}, status=503)
    response["Cache-Control"] = "private, no-store"
    response["Retry-After"] = "60"
    return response


def render_pdf(html: str) -> bytes:
    """Make a PDF with headings, reading order and language for screen readers.

    Raises PdfUnavailable when WeasyPrint or the libraries below it are missing, PdfBusy when others are waiting.
    """
    with place():
        return make_pdf(html)


@contextmanager
def place() -> Iterator[None]:
    """A place among those who may wait for a PDF. Raises PdfBusy at once when there is none."""
    if not _places.acquire(blocking=False):
        raise PdfBusy
    try:
        yield
    finally:
        _places.release()


def make_pdf(html: str) -> bytes:
    """The work itself, for who has a place. Raises as `render_pdf` does, and PdfBusy after waiting too long."""
    document_class, fetcher = load()
    if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
        raise PdfBusy
    try:
        return document_class(string=html, base_url=base(), url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    finally:
        _one_at_a_time.release()


def kept_pdf(name: str, make_html: Callable[[], str]) -> bytes:
    """A public PDF that is the same for everyone: made once for each state of the site, also when many ask at once.

    Args:
        name: which document; letters, digits and signs that a cache key may have.
        make_html: gives the HTML; only called when the document has to be made.

    Raises PdfUnavailable and PdfBusy as `render_pdf` does.
    """
    generation = public_cache.generation()
    if generation is None:
        return render_pdf(make_html())
    key = f"knowledgebase:pdf:{name}:{generation}"
    document = cache.get(key)
    if document is None:
        with place():
            document = made_or_awaited(key, make_html)
    return document


def made_or_awaited(key: str, make_html: Callable[[], str]) -> bytes:
    """The document of this key, made here or by who began before. Raises as `kept_pdf` does."""
    being_made = f"{key}:making"
    until = time.monotonic() + WAIT_SECONDS
    while (document := cache.get(key)) is None:
        if cache.add(being_made, 1, 4 * WAIT_SECONDS):
            try:
                document = make_pdf(make_html())
                cache.set(key, document, KEEP_SECONDS)
            finally:
                cache.delete(being_made)
            break
        if time.monotonic() > until:
            raise PdfBusy
        time.sleep(0.2)
    return document


@once
def load() -> tuple[Any, Any]:
    """WeasyPrint's document class and our fetcher. Late, because it takes a second and libraries that may be absent.

    Raises PdfUnavailable, with one line in the log that says what to install.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        logger.error("No PDF can be made: %s. Install weasyprint and Pango (see docs/hosting.md).", error)
        raise PdfUnavailable from error
    # It lets pictures that are cut off pass, for the whole process; who uploads one has to hear of it.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # It tells which letters it has no drawing for, and they are somebody's own words: a line for each.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)

    class OwnFiles(URLFetcher):
        """Gives our own style sheets and pictures, and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            content_type, content = own_file(url)
            return URLFetcherResponse(url, content, {"Content-Type": content_type})

    return HTML, OwnFiles()


def base() -> str:
    """The address of the site: links in a document on paper or on a disk are whole, and lead back to it."""
    own: str = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    return f"{own.rstrip('/')}/" if own else HERE


def own_file(url: str) -> tuple[str, bytes]:
    """Type and content of a static file or a picture of this site. Raises PermissionError for anything else."""
    address = unquote(urlsplit(url)._replace(query="", fragment="").geturl())
    content_type = mimetypes.guess_type(address)[0] or ""
    if content_type in STATIC and (name := below(address, settings.STATIC_URL)):
        return content_type, read(open_static(name))
    if content_type in PICTURES and (name := below(address, default_storage.url("x").split("?")[0][:-1])):
        return content_type, read(default_storage.open(name))
    raise PermissionError("A PDF holds only style sheets and pictures of this site.")


def below(address: str, folder: str) -> str:
    """The part of an address that comes after this folder; nothing when it lies elsewhere."""
    start = urljoin(base(), folder)
    name = address.removeprefix(start)
    return "" if name == address or ".." in name.split("/") else name


def open_static(name: str) -> File:
    """A file of our own code, also before `collectstatic` has run."""
    if getattr(staticfiles_storage, "location", None) and staticfiles_storage.exists(name):
        return staticfiles_storage.open(name)
    if path := finders.find(name):
        return File(open(path, "rb"))  # noqa: PTH123  closed by `read`
    raise FileNotFoundError(name)


def read(file: File) -> bytes:
    """The content of a file. Raises ValueError for one that is too large to draw."""
    with file:
        if file.size > LARGEST_FILE:
            raise ValueError("This picture is too large for a PDF.")
        return file.read()
