"""Takes out of an MP4 what a phone wrote beside picture and sound: most of all, the place where it was filmed."""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.base import File

from groupspace.storage.refusals import NOT_WHAT_IT_SAYS, refusal

#: Boxes (ISO 14496-12) that only hold other boxes, and in which notes can stand.
HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"})
#: Notes: user data, metadata, and the box in which XMP stands.
NOTES = frozenset({b"udta", b"meta", b"uuid"})
MOST_BOXES = 100_000


def without_place(file: File[bytes]) -> File[bytes]:
    """A copy in which every note is empty space of the same size, so that nothing else moves.

    Raises ValidationError when the boxes do not fit in each other.
    """
    copy: Any = tempfile.TemporaryFile()  # noqa: SIM115  whoever saves it closes it
    file.seek(0)
    shutil.copyfileobj(file, copy)
    end = copy.tell()
    try:
        notes = [box for number, box in enumerate(_boxes(copy, 0, end)) if _within(number)]
    except (struct.error, ValueError, RecursionError):
        copy.close()
        raise refusal(NOT_WHAT_IT_SAYS, "content", extension="mp4") from None
    for kind_at, start, stop in notes:
        copy.seek(kind_at)
        copy.write(b"free")
        copy.seek(start)
        for at in range(start, stop, 65536):
            copy.write(bytes(min(65536, stop - at)))
    return File(copy, name="film.mp4")


def _within(number: int) -> bool:
    if number > MOST_BOXES:
        raise ValueError("More boxes than a film has.")
    return True


def _boxes(file: IO[bytes], start: int, end: int, depth: int = 0) -> Iterator[tuple[int, int, int]]:
    """The boxes with notes between two places: where the name stands, where the content begins and ends."""
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        begin = at + 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            begin += 8
        elif size == 0:
            size = end - at
        stop = at + size
        if stop > end or stop < begin:
            raise ValueError("A box is larger than what holds it.")
        if kind in NOTES:
            yield at + 4, begin, stop
        elif kind in HOLDERS and depth < 10:
            yield from _boxes(file, begin, stop, depth + 1)
        at = stop
