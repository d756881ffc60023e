"""Whether a file is what its name says: the first bytes decide, never what a browser or an uploader claims."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from os import SEEK_END
from typing import BinaryIO

#: A zip file (which office documents are) may grow this much when unpacked, and hold this many parts.
MOST_RATIO = 100
MOST_UNPACKED = 300_000_000
MOST_PARTS = 5_000
#: Programs that hide in a document.
PROGRAMS = ("vbaproject.bin", ".exe", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".com", ".scr",
            ".dll", ".msi", ".ps1", ".lnk", ".jar", ".html", ".htm", ".svgz")  # fmt: skip
TEXT_SAMPLE = 1_000_000


def is_pdf(file: BinaryIO) -> bool:
    """PDF (ISO 32000): the header stands at the very start."""
    return file.read(5) == b"%PDF-"


def is_text(file: BinaryIO) -> bool:
    """Plain text: readable as UTF-8 or Windows-1252, without control characters, and no page of HTML."""
    sample = file.read(TEXT_SAMPLE)
    start = sample[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"mz", b"\x7felf", b"#!")):
        return False
    return not any(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in sample)


def is_mp4(file: BinaryIO) -> bool:
    """MP4 (ISO 14496-12): the first box is the file type."""
    return file.read(8)[4:] == b"ftyp"


def is_webm(file: BinaryIO) -> bool:
    """WebM: EBML with this document type."""
    start = file.read(64)
    return start.startswith(b"\x1aE\xdf\xa3") and b"webm" in start


def is_mp3(file: BinaryIO) -> bool:
    """MP3: a tag, or a frame of MPEG audio layer III."""
    start = file.read(3)
    return start == b"ID3" or (len(start) > 1 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2)


def is_captions(file: BinaryIO) -> bool:
    """Captions (WebVTT)."""
    return file.read(9).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def is_calendar(file: BinaryIO) -> bool:
    """A calendar (RFC 5545)."""
    return file.read(64).removeprefix(b"\xef\xbb\xbf").startswith(b"BEGIN:VCALENDAR")


def is_office(inside: str) -> Callable[[BinaryIO], bool]:
    """An office document: a sound zip file with this part in it, without macros, that is no bomb."""

    def check(file: BinaryIO) -> bool:
        if file.read(4) != b"PK\x03\x04":  # a zip file may stand behind a program
            return False
        length = file.seek(0, SEEK_END)
        try:
            with zipfile.ZipFile(file) as parts:
                infos = parts.infolist()
                names = {info.filename for info in infos}
                unpacked, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
                return (
                    len(infos) <= MOST_PARTS
                    and unpacked <= MOST_UNPACKED
                    and unpacked <= MOST_RATIO * max(packed, 1)
                    and packed <= length  # parts that lie over each other
                    and not any(info.flag_bits & 1 for info in infos)  # locked: nobody can look inside
                    and inside in names
                    and not any(name.lower().endswith(PROGRAMS) for name in names)
                    and not any(name.startswith(("Basic/", "/")) or ".." in name.split("/") for name in names)
                )
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            return False

    return check


CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": is_pdf,
    "docx": is_office("word/document.xml"),
    "xlsx": is_office("xl/workbook.xml"),
    "pptx": is_office("ppt/presentation.xml"),
    "odt": is_office("content.xml"),
    "ods": is_office("content.xml"),
    "odp": is_office("content.xml"),
    "txt": is_text,
    "csv": is_text,
    "ics": is_calendar,
    "vtt": is_captions,
    "mp4": is_mp4,
    "webm": is_webm,
    "mp3": is_mp3,
}


def is_what_it_says(file: BinaryIO, extension: str) -> bool:
    """Whether the content fits the extension; False for one that we do not know. Leaves the file at its start."""
    check = CHECKS.get(extension.lower())
    if check is None:
        return False
    file.seek(0)
    try:
        return check(file)
    finally:
        file.seek(0)
