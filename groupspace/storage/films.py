"""Takes out of an MP4 what a phone wrote beside picture and sound: most of all, the place where it was filmed."""

from __future__ import annotations

import shutil
import struct
import tempfile
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
        notes = _notes(copy, end)
    except (struct.error, ValueError):
        copy.close()
        raise refusal(NOT_WHAT_IT_SAYS, "content", extension="mp4") from None
    for kind_at, start, stop in notes:
        copy.seek(kind_at)
        copy.write(b"free")
        copy.seek(start)
        for at in range(start, stop, 65536):
            copy.write(bytes(min(65536, stop - at)))
    return File(copy, name="film.mp4")


def _notes(file: IO[bytes], end: int) -> list[tuple[int, int, int]]:
    """The boxes with notes: where the name stands, where the content begins and ends."""
    notes: list[tuple[int, int, int]] = []
    to_visit, seen = [(0, end)], 0
    while to_visit:
        at, last = to_visit.pop()
        while at + 8 <= last:
            file.seek(at)
            size, kind = struct.unpack(">I4s", file.read(8))
            begin = at + 8
            if size == 1:
                (size,) = struct.unpack(">Q", file.read(8))
                begin += 8
            stop = at + size if size else last
            seen += 1
            if stop > last or stop < begin or seen > MOST_BOXES:
                raise ValueError("These are no boxes of a film.")
            if kind in NOTES:
                notes.append((at + 4, begin, stop))
            elif kind in HOLDERS:
                to_visit.append((begin, stop))
            at = stop
    return notes
