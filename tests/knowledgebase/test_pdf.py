"""PDF documents: made without the network, from our own files only, once for each state of the site."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory
from PIL import Image

from knowledgebase import checks, pdf, public_cache

PAGE = '<html lang="nl"><head><title>T</title></head><body><h1>Titel</h1>{}</body></html>'


def inside(document: bytes) -> bytes:
    """A PDF without the squeezing of its parts."""
    parts = re.findall(rb"stream\r?\n(.*?)endstream", document, re.DOTALL)
    return document + b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x")


@pytest.fixture
def picture() -> Iterator[str]:
    """A picture as the CMS keeps it; gives its address."""
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(content, "PNG")
    name = default_storage.save("images/groen.png", ContentFile(content.getvalue()))
    yield default_storage.url(name)
    default_storage.delete(name)


def test_pdf_is_tagged_and_offered_as_a_private_download() -> None:
    response = pdf.pdf_response(PAGE.format("<p>Hallo</p>"), "Mijn plan.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Mijn plan.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in inside(response.content)


def test_pdf_holds_our_own_pictures(picture: str) -> None:
    without = pdf.render_pdf(PAGE.format("<p>x</p>"))

    assert b"/Image" in pdf.render_pdf(PAGE.format(f'<img alt="Groen" src="{picture}">'))
    assert b"/Image" not in without


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "//example.org/a.png",
        "https://example.org/static/theme/img/mark.svg",
        "file:///etc/passwd",
        "file:///etc/passwd.png",
        "/media/../db.sqlite3",
        "/media/%2e%2e/geheim.png",
        "/media/documents/geheim.pdf",
        "/media/images/tekening.svg",
        "/media/original_images/x.css",
        "/account/x.png",
        "data:image/png;base64,AAAA",
        "/static/../pyproject.toml",
        "/static/%2e%2e/x.css",
    ],
)
def test_pdf_takes_nothing_else(address: str) -> None:
    with pytest.raises(PermissionError):
        pdf.own_file(pdf.urljoin(pdf.base(), address))


def test_pdf_asks_nothing_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    sources = "".join(
        f'<img alt="" src="{address}"><link rel="stylesheet" href="{address}">'
        for address in ("http://example.org/a.png", "//10.0.0.1/b.png", "https://example.org/c.svg", "ftp://x.nl/d.png")
    )

    assert pdf.render_pdf(PAGE.format(f'{sources}<p style="background: url(http://example.org/e.png)">x</p>'))
    assert asked == []


def test_static_files_are_found() -> None:
    content_type, content = pdf.own_file(pdf.urljoin(pdf.base(), "/static/knowledgebase/pdf.css"))

    assert content_type == "text/css"
    assert b"@page" in content


@pytest.mark.django_db
def test_without_pango_the_visitor_reads_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "load", missing)

    for request in (None, RequestFactory().get("/")):
        response = pdf.pdf_response(PAGE.format(""), "plan.pdf", request)
        assert response.status_code == 503
        assert response["Retry-After"] == "60"
        assert "kies “Afdrukken” in je browser" in response.content.decode()


def test_check_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.pdf(None) == []

    monkeypatch.setattr(checks, "find_library", lambda name: None)
    assert "Pango is missing" in checks.pdf(None)[0].msg

    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    assert "pip install weasyprint" in checks.pdf(None)[0].msg


def test_public_pdf_is_made_once_for_each_state_of_the_site() -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return PAGE.format(f"<p>{len(made)}</p>")

    first = pdf.kept_pdf("proef", make)
    assert pdf.kept_pdf("proef", make) == first
    assert len(made) == 1

    public_cache.bump()
    pdf.kept_pdf("proef", make)
    assert len(made) == 2


def test_who_ask_at_once_get_the_same_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_places", threading.BoundedSemaphore(8))
    made: list[int] = []
    answers: list[bytes] = []
    public_cache.generation()

    def make() -> str:
        made.append(1)
        return PAGE.format("<p>Samen</p>" * 200)

    threads = [threading.Thread(target=lambda: answers.append(pdf.kept_pdf("samen", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert len(answers) == 8
    assert len(set(answers)) == 1


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    with pdf._one_at_a_time, pytest.raises(pdf.PdfBusy):
        pdf.render_pdf(PAGE.format(""))


def test_those_who_wait_leave_threads_for_readers() -> None:
    """A handful of requests for PDFs may not keep everybody else from the site."""
    answers: list[Any] = []

    def ask() -> None:
        try:
            answers.append(pdf.render_pdf(PAGE.format("")))
        except pdf.PdfBusy as busy:
            answers.append(busy)

    with pdf._one_at_a_time:
        waiting = [threading.Thread(target=ask) for _place in range(2)]
        for thread in waiting:
            thread.start()
        while pdf._places._value:
            time.sleep(0.01)
        began = time.monotonic()
        with pytest.raises(pdf.PdfBusy):
            pdf.render_pdf(PAGE.format(""))
        with pytest.raises(pdf.PdfBusy):
            pdf.kept_pdf("druk", lambda: PAGE.format(""))
        assert time.monotonic() - began < 1
    for thread in waiting:
        thread.join()
    assert [answer[:5] for answer in answers] == [b"%PDF-"] * 2
    assert pdf.render_pdf(PAGE.format("")).startswith(b"%PDF-")
