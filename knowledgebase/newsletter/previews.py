"""Shows staff the mail as it will be, in a frame that can load nothing and send nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from .rendering import as_html, as_text

if TYPE_CHECKING:
    from .models import IssuePage

#: A mail brings its own styles along: nothing else is allowed, least of all a request to anywhere.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)


def mail_response(issue: IssuePage) -> HttpResponse:
    """The HTML of the mail."""
    return _shut_in(HttpResponse(as_html(issue)))


def text_response(issue: IssuePage) -> HttpResponse:
    """The plain text of the mail."""
    return _shut_in(HttpResponse(as_text(issue), content_type="text/plain; charset=utf-8"))


def _shut_in(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
