"""A file is what its bytes say."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from groupspace.storage.content import CHECKS, is_what_it_says

PROGRAM = b"MZ\x90\x00" + b"\x00" * 200


def office(*names: str, content: bytes = b"<x/>") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return out.getvalue()


SOUND = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "docx": office("[Content_Types].xml", "word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "odt": office("mimetype", "content.xml"),
    "ods": office("mimetype", "content.xml"),
    "odp": office("mimetype", "content.xml"),
    "txt": "Eén regel tekst.\n".encode(),
    "csv": b"naam;plaats\n",
    "ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "vtt": b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n",
    "mp4": b"\x00\x00\x00\x20ftypisom",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm",
    "mp3": b"ID3\x04\x00",
}


def test_every_kind_of_file_is_tried() -> None:
    assert set(SOUND) == set(CHECKS)


@pytest.mark.parametrize("extension", SOUND)
def test_file_that_is_what_it_says_is_taken(extension: str) -> None:
    file = BytesIO(SOUND[extension])
    assert is_what_it_says(file, extension.upper())
    assert file.tell() == 0


@pytest.mark.parametrize("extension", SOUND)
def test_program_under_another_name_is_refused(extension: str) -> None:
    assert not is_what_it_says(BytesIO(PROGRAM), extension)


@pytest.mark.parametrize("extension", SOUND)
def test_empty_file_is_refused_where_it_cannot_be_right(extension: str) -> None:
    assert is_what_it_says(BytesIO(b""), extension) == (extension in ("txt", "csv"))


@pytest.mark.parametrize(
    "page", [b"<html><script>", b"<svg onload=alert(1)>", b"<?xml version='1.0'?><svg/>", b"#!/bin/sh"]
)
def test_page_or_script_is_no_text(page: bytes) -> None:
    assert not is_what_it_says(BytesIO(b"\n " + page), "txt")


def test_document_with_a_macro_is_refused() -> None:
    assert not is_what_it_says(BytesIO(office("word/document.xml", "word/vbaProject.bin")), "docx")
    assert not is_what_it_says(BytesIO(office("content.xml", "Basic/Standard/Module1.xml")), "odt")


def test_zip_bomb_is_refused() -> None:
    assert not is_what_it_says(BytesIO(office("word/document.xml", content=b"\x00" * 20_000_000)), "docx")


def test_unknown_kind_is_refused() -> None:
    assert not is_what_it_says(BytesIO(b"hallo"), "exe")
