"""A file from the moment it comes in until the moment it is gone: who it waits for, where it stands, how it is sent."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404
from django.utils import timezone
from PIL import Image

from groupspace.storage import pictures
from groupspace.storage.checks import place as check_place
from groupspace.storage.filenames import clean_name
from groupspace.storage.keeping import attach, drop, take_in, waiting
from groupspace.storage.models import Upload
from groupspace.storage.purge import purge_storage
from groupspace.storage.serving import serve
from tests.groupspace.storage.conftest import kept
from tests.groupspace.storage.nasty import EICAR, exif, picture

pytestmark = pytest.mark.django_db
SPACE = UUID(int=7)


def text(content: bytes = b"Een lijst met tips.\n", name: str = "tips.txt") -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def photo(**options: Any) -> ContentFile[bytes]:
    return ContentFile(picture(**options), name="Op het strand.JPG")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


# Taking in


def test_document_is_kept_as_it_is_and_sent_to_be_saved(place: Path) -> None:
    upload = take_in(text(), 7)

    response = serve(upload)
    assert body(response) == b"Een lijst met tips.\n"
    assert response["Content-Length"] == str(upload.size) == "20"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="tips.txt"'
    assert not upload.is_image


def test_large_file_comes_from_its_temporary_place(place: Path) -> None:
    with TemporaryUploadedFile("lied.mp3", "audio/mpeg", 0, None) as file:
        file.write(b"ID3" + b"\x01" * 3_000_000)
        file.size = file.tell()
        file.seek(0)

        upload = take_in(file, 7)

    assert body(serve(upload)) == b"ID3" + b"\x01" * 3_000_000
    assert (place / upload.place).stat().st_mode & 0o777 == 0o600


def test_picture_is_made_smaller_and_put_upright(place: Path) -> None:
    upload = take_in(photo(size=(4000, 1000), exif=exif(turned=6)), 7)

    assert (upload.width, upload.height) == (640, 2560)
    assert upload.name == "Op het strand.jpg"
    with Image.open(BytesIO(body(serve(upload)))) as shown:
        assert shown.size == (640, 2560)
        # What was left stands above now.
        assert shown.convert("L").getpixel((320, 100)) == pytest.approx(
            Image.open(BytesIO(picture(size=(4000, 1000)))).convert("L").getpixel((150, 500)), abs=4
        )
    with Image.open(BytesIO(body(serve(upload, thumbnail=True)))) as small:
        assert max(small.size) == 480


def test_picture_keeps_where_one_can_look_through(place: Path) -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    out = BytesIO()
    image.save(out, "WEBP")

    upload = take_in(ContentFile(out.getvalue(), name="logo.webp"), 7)

    assert upload.name == "logo.png"
    with Image.open(BytesIO(body(serve(upload)))) as shown:
        assert shown.getpixel((5, 5))[3] == 0


def test_sixteen_bits_do_not_turn_white(place: Path) -> None:
    out = BytesIO()
    Image.frombytes("I;16", (2, 1), bytes([0, 0, 0, 128])).save(out, "PNG")

    upload = take_in(ContentFile(out.getvalue(), name="scan.png"), 7)

    with Image.open(BytesIO(body(serve(upload)))) as shown:
        assert shown.convert("L").getpixel((1, 0)) == 128


def test_pictures_wait_for_each_other_but_not_for_ever(place: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(pictures, "PATIENCE_SECONDS", 0.05)
    with pictures._one_at_a_time, pytest.raises(ValidationError, match="Wacht een minuut"):
        take_in(photo(), 7)

    assert take_in(photo(), 7).is_image


def test_full_disk_is_said_and_leaves_nothing(place: Path, monkeypatch: Any) -> None:
    def full(_self: Any, _name: str, _content: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("groupspace.storage.place.PrivateStorage._save", full)
    with pytest.raises(ValidationError, match="Probeer het later"):
        take_in(text(), 7)

    assert not Upload.objects.exists()
    assert kept(place) == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Notulen 3 mei.PDF", ("Notulen 3 mei", "pdf")),
        ("verslag v1.2.docx", ("verslag v1.2", "docx")),
        ("../../etc/passwd.txt", ("passwd", "txt")),
        ("C:\\map\\café.txt", ("café", "txt")),
        ("foto.php.jpg", ("foto-php", "jpg")),
        ("a\u202ecod.exe", ("acod", "exe")),
        ("ma\u200bp\u0000.txt", ("map", "txt")),
        ("NUL.txt", ("_NUL", "txt")),
        (".htaccess", ("bestand", "")),
        ("foto.j p g", ("foto", "")),
        ("", ("bestand", "")),
        ("x" * 500 + ".pdf", ("x" * 94, "pdf")),
    ],
)
def test_name_is_as_people_wrote_it_without_tricks(name: str, clean: tuple[str, str]) -> None:
    assert clean_name(name) == clean


# Waiting, attaching, throwing away


def test_file_waits_for_its_owner_alone(place: Path) -> None:
    mine, hers = take_in(text(), 7), take_in(text(), 8)

    assert list(waiting(7, [mine.pk, hers.pk])) == [mine]
    attach(mine, SPACE)
    assert list(waiting(7, [mine.pk])) == []


def test_attached_file_forgets_whose_account_it_was(place: Path) -> None:
    upload = take_in(text(), "een-account")
    attach(upload, SPACE)

    upload.refresh_from_db()
    assert upload.owner_id == ""
    with pytest.raises(ValidationError, match="Kies het nog een keer"):
        attach(upload, SPACE)


def test_dropped_file_is_gone_when_the_transaction_holds(place: Path, django_capture_on_commit_callbacks: Any) -> None:
    upload = take_in(photo(), 7)
    assert len(kept(place)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        drop(upload)
        assert len(kept(place)) == 2, "A transaction that fails must find them again."

    assert kept(place) == []
    with pytest.raises(Http404):
        serve(upload)


def test_purge_takes_what_waited_too_long_and_bytes_without_a_row(
    place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    late, attached, new = take_in(photo(), 7), take_in(photo(), 7), take_in(text(), 7)
    attach(attached, SPACE)
    long_ago = timezone.now() - timedelta(days=2)
    Upload.objects.filter(pk__in=[late.pk, attached.pk]).update(created_at=long_ago)
    lost, fresh = place / "ab" / "cd", place / "ab" / "ef"
    lost.parent.mkdir(exist_ok=True)
    lost.write_bytes(b"x")
    fresh.write_bytes(b"x")
    for path in [*kept(place)]:
        if path != fresh:
            os.utime(path, (time.time() - 200_000,) * 2)

    with django_capture_on_commit_callbacks(execute=True):
        assert purge_storage() == {"waiting": 1, "lost": 1}

    assert set(Upload.objects.values_list("pk", flat=True)) == {attached.pk, new.pk}
    assert {str(path.relative_to(place)) for path in kept(place)} == {*attached.places, *new.places, "ab/ef"}
    assert purge_storage() == {"waiting": 0, "lost": 0}


def test_purge_of_nothing_is_nothing(place: Path) -> None:
    assert purge_storage() == {"waiting": 0, "lost": 0}


# Serving


def test_thumbnail_of_a_document_does_not_exist(place: Path) -> None:
    with pytest.raises(Http404):
        serve(take_in(text(), 7), thumbnail=True)


def test_nginx_sends_the_file_when_the_host_says_so(storage: Callable[..., None], place: Path) -> None:
    storage(ACCEL="/_private/")
    upload = take_in(photo(), 7)

    response: Any = serve(upload, thumbnail=True)

    assert response["X-Accel-Redirect"] == f"/_private/{upload.place}.t"
    assert response.content == b""
    assert response["Content-Disposition"].startswith("inline")
    assert (place / upload.place).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("folder", "problem"),
    [("", "E001"), ("media", "E002"), ("media/private", "E002"), (".", "E002"), ("private", "")],
)
def test_host_is_told_when_files_would_stand_in_the_open(
    settings: Any, tmp_path: Path, folder: str, problem: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": tmp_path / folder if folder else ""}}

    assert [error.id for error in check_place(None)] == ([f"groupspace_storage.{problem}"] if problem else [])


# The scanner


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """A socket that speaks like ClamAV's daemon and knows one virus."""
    path = str(tmp_path / "clamd.ctl")
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()

    def answer() -> None:
        while True:
            try:
                link, _address = server.accept()
            except OSError:
                return
            with link, link.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while length := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(length)
                if len(content) > 1_000_000:
                    link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                else:
                    link.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield path
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(timeout=5)


def test_scanner_stops_a_virus_also_inside_a_picture(storage: Callable[..., None], clamd: str, place: Path) -> None:
    storage(CLAMD=clamd)

    assert take_in(text(), 7)
    for file in (text(EICAR), ContentFile(picture() + EICAR, name="foto.jpg")):
        with pytest.raises(ValidationError, match="vertrouwt dit bestand niet"):
            take_in(file, 7)
    assert len(kept(place)) == 1


def test_scanner_that_cannot_judge_lets_nothing_in(storage: Callable[..., None], clamd: str, place: Path) -> None:
    storage(CLAMD=clamd)
    with pytest.raises(ValidationError, match="Probeer het later"):
        take_in(text(b"a" * 2_000_000), 7)

    for address in ("/nergens/clamd.ctl", "127.0.0.1:1", "geen-adres"):
        storage(CLAMD=address)
        with pytest.raises(ValidationError, match="Probeer het later"):
            take_in(text(), 7)
    assert kept(place) == []
