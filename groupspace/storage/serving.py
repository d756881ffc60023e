"""Sending a file to somebody of whom the policy said, in this request, that they may have it."""

from __future__ import annotations

import re
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
#: One part of a file; who asks for more at once gets the whole file, as RFC 9110 allows.
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII | re.IGNORECASE).fullmatch


def serve(upload: Upload, *, thumbnail: bool = False, part: str = "") -> HttpResponseBase:
    """The answer that holds a file. A picture is shown, everything else is saved. Whether one may is asked before.

    Args:
        part: which bytes are asked for, as the header Range says it; a film is played piece by piece.

    Raises Http404 when the bytes are not there, or when a thumbnail is asked of what is no picture.
    """
    if thumbnail and not upload.is_image:
        raise Http404
    place = upload.thumbnail_place if thumbnail else upload.place
    accel = storage_conf().ACCEL
    response: HttpResponseBase
    if accel:  # nginx reads the header Range itself
        response = HttpResponse(headers={"X-Accel-Redirect": f"{accel.rstrip('/')}/{place}"})
    else:
        response = _stream(private(), place, part)
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Type"] = upload.content_type
    response["Content-Disposition"] = content_disposition_header(not upload.is_image, upload.name) or "attachment"
    return response


def _stream(storage: Storage, place: str, part: str) -> HttpResponseBase:
    try:
        size = storage.size(place)
    except OSError:
        raise Http404 from None
    asked = _bytes_of(part, size)
    if not asked:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole = len(asked) == size
    response = StreamingHttpResponse(_pieces(storage, place, asked), status=200 if whole else 206)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(asked))
    if not whole:
        response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
    return response


def _bytes_of(part: str, size: int) -> range:
    """The bytes that are asked for: all of them when it is not one range, and none when it lies outside the file."""
    found = _RANGE(part.strip())
    first, last = found.groups() if found else ("", "")
    if not (first or last):
        return range(size)
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return range(size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _pieces(storage: Storage, place: str, asked: range) -> Iterator[bytes]:
    """Opened when the first piece is asked for, so that an answer that nobody reads leaves nothing open."""
    with storage.open(place) as file:
        file.seek(asked.start)
        left = len(asked)
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
