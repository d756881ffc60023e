"""A hundred nasty files: each is refused with a sentence, or harmless when it comes out again."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from groupspace.storage.keeping import take_in
from groupspace.storage.models import Upload
from groupspace.storage.place import private
from groupspace.storage.serving import serve
from tests.groupspace.storage.conftest import kept
from tests.groupspace.storage.nasty import MARK, NASTY, Nasty

pytestmark = pytest.mark.django_db

#: What Pillow tells of a picture that has nothing to tell.
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def given(nasty: Nasty) -> Any:
    content = ContentFile(nasty.make())
    content.name = nasty.name
    return content


def sent(upload: Upload, **options: Any) -> tuple[Any, bytes]:
    response = serve(upload, **options)
    return response, b"".join(response.streaming_content)


def test_there_are_enough() -> None:
    assert len(NASTY) >= 60
    assert len({nasty.label for nasty in NASTY}) == len(NASTY)


@pytest.mark.parametrize("nasty", [n for n in NASTY if n.ends == "refused"], ids=lambda n: n.label)
def test_refused_with_a_sentence(nasty: Nasty, place: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        take_in(given(nasty), 1)

    (sentence,) = refused.value.messages
    assert sentence.endswith((".", "JPEG")), sentence
    assert "%(" not in sentence
    assert len(sentence.split(". ")) > 1, "It says what is wrong and what to do."
    assert not Upload.objects.exists()
    assert kept(place) == []


@pytest.mark.parametrize("nasty", [n for n in NASTY if n.ends != "refused"], ids=lambda n: n.label)
def test_taken_in_without_harm(nasty: Nasty, place: Path) -> None:
    upload = take_in(given(nasty), 1)

    response, content = sent(upload)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("inline" if nasty.ends == "picture" else "attachment")
    assert not re.search(r"[\r\n\x00\u202e]", disposition)
    assert len(upload.name) <= 100
    assert not re.search(r'[/\\<>"\x00-\x1f\u202e]', upload.name)
    assert re.fullmatch(r"[^.]+\.[a-z0-9]{2,5}", upload.name)
    if nasty.ends == "picture":
        assert response.headers["Content-Type"] in {"image/jpeg", "image/png"}
        for picture in (content, sent(upload, thumbnail=True)[1]):
            nothing_left(picture)
    else:
        assert "html" not in response.headers["Content-Type"]
        assert "script" not in response.headers["Content-Type"]
    assert nasty.name.rpartition("/")[2] not in [path.name for path in kept(place)]
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{30}(\.t)?", str(path.relative_to(place))) for path in kept(place))
    assert {path.stat().st_mode & 0o777 for path in kept(place)} == {0o600}
    with pytest.raises(ValueError, match="no address"):
        private().url(upload.place)


def nothing_left(content: bytes) -> None:
    """Only pixels."""
    assert MARK not in content
    assert b"script" not in content
    assert b"<?php" not in content
    with Image.open(BytesIO(content)) as image:
        image.load()
        assert image.info.keys() <= HARMLESS
        assert not image.getexif()
        assert getattr(image, "n_frames", 1) == 1
    for block in (b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"Photoshop", b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
        assert block not in content
    if shutil.which("exiftool"):
        command = ["exiftool", "-s", "-EXIF:all", "-XMP:all", "-IPTC:all", "-GPS:all", "-Comment", "-"]
        assert subprocess.run(command, input=content, capture_output=True, check=True).stdout == b""


def test_film_forgets_its_place_and_keeps_its_length(place: Path) -> None:
    nasty = next(nasty for nasty in NASTY if nasty.label == "film with its place")
    assert MARK in nasty.make()

    _response, content = sent(take_in(given(nasty), 1))

    assert MARK not in content
    assert b"xyz" not in content
    assert len(content) == len(nasty.make())
    assert b"mdat" + b"\x01" * 400 in content
