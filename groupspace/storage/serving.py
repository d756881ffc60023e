"""Sending a file to somebody of whom the policy said, in this request, that they may have it."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import Storage
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from groupspace.storage.conf import storage_conf
from groupspace.storage.models import Upload
from groupspace.storage.place import private

CHUNK = 256 * 1024
#: Also when somebody opens the file in a window of its own, nothing in it runs and nothing is asked of another.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(upload: Upload, *, thumbnail: bool = False) -> HttpResponseBase:
    """The answer that holds a file. A picture is shown, everything else is saved. Whether one may is asked before.

    Raises Http404 when the bytes are not there, or when a thumbnail is asked of what is no picture.
    """
    if thumbnail and not upload.is_image:
        raise Http404
    place = upload.thumbnail_place if thumbnail else upload.place
    accel = storage_conf().ACCEL
    response: HttpResponseBase
    if accel:
        response = HttpResponse(headers={"X-Accel-Redirect": f"{accel.rstrip('/')}/{place}"})
    else:
        storage = private()
        try:
            size = storage.size(place)
        except OSError:
            raise Http404 from None
        response = StreamingHttpResponse(_pieces(storage, place), headers={"Content-Length": str(size)})
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Type"] = upload.content_type
    response["Content-Disposition"] = content_disposition_header(not upload.is_image, upload.name) or "attachment"
    return response


def _pieces(storage: Storage, place: str) -> Iterator[bytes]:
    """Opened when the first piece is asked for, so that an answer that nobody reads leaves nothing open."""
    with storage.open(place) as file:
        while piece := file.read(CHUNK):
            yield piece
