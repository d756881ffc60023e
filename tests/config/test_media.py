"""Pictures are for everyone, documents are not; a player gets the piece it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

LOG_IN = "groupspace.accounts.backends.AccountBackend"
FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(256))


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/boom.png", "images/lijst.html", "documents/brief.pdf", "elders.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"inhoud")
    return tmp_path


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return content


@pytest.mark.django_db
def test_picture_is_sent_and_may_be_kept(client: Client) -> None:
    response = client.get("/media/images/boom.png")

    assert body(response) == b"inhoud"
    assert response["Content-Type"] == "image/png"
    assert "max-age" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/brief.pdf",
        "images/lijst.html",
        "images/../documents/brief.pdf",
        "images/../elders.png",
        "images/weg.png",
        f"images/{'x' * 300}.png",
        "images/nul%00.png",
    ],
)
def test_nothing_else_is_sent(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in (400, 404)


def film() -> Document:
    return Document.objects.create(title="Film", file=ContentFile(FILM, "film.mp4"))


@pytest.mark.django_db
def test_player_gets_the_piece_it_asks_for(client: Client) -> None:
    response = client.get(film().url, HTTP_RANGE="bytes=4-7")

    assert response.status_code == 206
    assert body(response) == b"ftyp"
    assert response["Content-Range"] == f"bytes 4-7/{len(FILM)}"
    assert response["Content-Type"] == "video/mp4"


@pytest.mark.django_db
def test_film_behind_a_lock_stays_there(client: Client, django_user_model: Any) -> None:
    document = film()
    document.collection = Collection.get_first_root_node().add_child(name="Alleen ingelogd")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")

    response = client.get(document.url, HTTP_RANGE="bytes=0-3")

    assert response.status_code == 302
    assert FILM[:4] not in response.content

    client.force_login(django_user_model.objects.create_user("lid"), backend=LOG_IN)
    allowed = client.get(document.url, HTTP_RANGE="bytes=0-3")
    assert body(allowed) == FILM[:4]
    assert allowed["Cache-Control"] == "private, no-store"
