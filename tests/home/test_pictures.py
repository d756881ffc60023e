"""A picture that staff put on the site does not tell where it was taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image

pytestmark = pytest.mark.django_db
KINDS = [("jpg", "JPEG", "RGB"), ("png", "PNG", "RGBA"), ("webp", "WEBP", "RGB"), ("png", "PNG", "P")]


def photograph(kind: str, mode: str, *, traces: bool = True) -> bytes:
    """A picture with a place, a camera and an orientation, as phones make them."""
    picture = Picture.effect_noise((60, 40), 30).convert(mode)
    exif = Picture.Exif()
    if traces:
        exif[0x010F], exif[0x0112] = "KanarieCamera", 6
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0)})
    out = BytesIO()
    picture.save(out, kind, exif=exif) if traces else picture.save(out, kind)
    return out.getvalue()


def upload(browser: Client, name: str, content: bytes) -> Image:
    file = SimpleUploadedFile(name, content)
    response = browser.post(reverse("wagtailimages:add"), {"title": "Foto", "file": file, "collection": "1"})
    assert response.status_code == 302, response.content.decode()[:2000]
    return Image.objects.get()


@pytest.mark.parametrize(("end", "kind", "mode"), KINDS)
def test_picture_keeps_no_place_and_no_camera(
    redactie: Client, settings: object, tmp_path: object, end: str, kind: str, mode: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    content = photograph(kind, mode)
    assert Picture.open(BytesIO(content)).getexif().get_ifd(0x8825)

    image = upload(redactie, f"foto.{end}", content)

    with image.file.open() as stored:  # the sizes that pages show are made from this one
        raw = stored.read()
    assert b"KanarieCamera" not in raw
    assert not Picture.open(BytesIO(raw)).getexif()
    assert (image.width, image.height) == (40, 60)  # it stands upright, as the camera meant


def test_picture_without_traces_stays_as_it_is(redactie: Client, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    content = photograph("JPEG", "RGB", traces=False)

    with upload(redactie, "foto.jpg", content).file.open() as stored:
        assert stored.read() == content
