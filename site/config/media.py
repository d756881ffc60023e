"""Sends pictures and films where no web server stands in front. Films need to start anywhere: phones ask for pieces."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from knowledgebase.blocks.video import PLAYS

#: What everybody may see. Documents are not here: a view of Wagtail asks who may read them.
FOLDERS = ("images", "original_images", "avatar_images")
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
MONTH = 30 * 24 * 3600


@require_safe
def picture(request: HttpRequest, folder: str, path: str) -> HttpResponse:
    """A picture that staff put on the site. Raises Http404 for anything else in that folder."""
    kind = TYPES.get(Path(path).suffix.lower())
    if folder not in FOLDERS or kind is None:
        raise Http404
    return send(request, safe_join(Path(settings.MEDIA_ROOT, folder), path), kind, f"public, max-age={MONTH}")


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """A document, once Wagtail has said that this visitor may read it; of a film the piece that was asked for."""
    response = serve(request, document_id, document_filename)
    kind = PLAYS.get(PurePath(document_filename).suffix.removeprefix(".").lower())
    if kind is None or response.status_code != 200 or not response.streaming:
        return response
    response.file_to_stream.close()  # closing the response would end the request, and with it the database
    found = get_document_model().objects.select_related("collection").get(pk=document_id)
    # What is behind a lock must not stay on a shared computer after its reader logged out.
    keep = "private, no-store" if found.collection.get_view_restrictions() else "private, max-age=3600"
    return send(request, found.file.path, kind, keep)


def send(request: HttpRequest, path: str, content_type: str, cache_control: str) -> HttpResponse:
    """The file, or the piece of it that was asked for. Raises Http404 when it is not there."""
    try:
        is_there = Path(path).is_file()
    except OSError:  # a name that is longer than a file system takes
        is_there = False
    if not is_there:
        raise Http404
    headers: list[tuple[str, Any]] = [
        ("Content-Type", content_type),
        ("Cache-Control", cache_control),
        ("Accept-Ranges", "bytes"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'"),
    ]
    return WhiteNoiseMiddleware.serve(StaticFile(path, headers), request)
