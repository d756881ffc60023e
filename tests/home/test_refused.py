"""What staff do wrong in the CMS is refused with a sentence in plain Dutch that says what to do."""

from __future__ import annotations

import html
import json
import struct
import tracemalloc
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from knowledgebase import pdf
from knowledgebase.models import TopicPage
from knowledgebase.stepplans.models import StepPlanPage
from tests.knowledgebase.pages import SHARED_FIELDS, make_index, theme
from tests.knowledgebase.stepplans.test_editor import LOOP
from tests.knowledgebase.stepplans.test_editor import add as add_plan
from tests.knowledgebase.stepplans.test_editor import form as plan_form
from tests.knowledgebase.techniques.test_editing import create as add_theme
from tests.knowledgebase.techniques.themes import make_index as make_themes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def said(response: Any) -> str:
    """All that the screen says; what is wrong with blocks stands in the data of the script that draws them."""
    text = html.unescape(response.content.decode())
    return text.replace("\\u201c", "“").replace("\\u201d", "”")


# Pictures


def png(width: int, height: int) -> bytes:
    """A whole, sound PNG of one colour: a few kB, whatever its size on a screen."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 2)
    rows = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def make_picture() -> Any:
    return get_image_model().objects.create(title="Bankje", file=SimpleUploadedFile("bankje.png", png(20, 20)))


def upload_picture(client: Client, name: str, content: bytes, where: str = "wagtailimages:add") -> Any:
    file = SimpleUploadedFile(name, content)
    if where == "wagtailimages:add_multiple":
        return client.post(reverse(where), {"title": "Foto", "files[]": file, "collection": "1"})
    if where == "wagtailimages_chooser:create":
        data = {"image-chooser-upload-title": "Foto", "image-chooser-upload-file": file}
        return client.post(reverse(where), {**data, "image-chooser-upload-collection": "1"})
    return client.post(reverse(where), {"title": "Foto", "file": file, "collection": "1"})


DOORS = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]


def told(response: Any) -> str:
    """What a door for files says, as a page or as data for its script."""
    if "json" in response["Content-Type"]:
        return html.unescape(" ".join(map(str, json.loads(response.content).values())))
    return said(response)


@pytest.mark.parametrize("door", DOORS)
def test_picture_of_121_megapixel_is_refused_before_it_is_unpacked(redactie: Client, door: str) -> None:
    bomb = png(11_000, 11_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    response = upload_picture(redactie, "groot.png", bomb, door)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "Deze afbeelding is te groot. Maak haar kleiner, bijvoorbeeld 2.000 beeldpunten breed." in told(response)
    assert peak < 20_000_000  # unpacked it is 121 million points
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("tekening.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("foto.jpg", b"MZ\x90\x00 this is a program"),
        ("foto.jpg", png(20, 20)),
        ("foto.png", png(20, 20)[:40]),
        ("foto.png", png(2000, 2000)[:150]),
    ],
)
def test_what_is_no_picture_is_refused_with_the_kinds_that_are(
    redactie: Client, door: str, name: str, content: bytes
) -> None:
    answer = told(upload_picture(redactie, name, content, door))

    assert "AVIF, GIF, JPG, PNG, WEBP." in answer
    assert "Bewaar" in answer
    assert not get_image_model().objects.exists()


def test_cut_off_picture_is_refused_also_after_a_pdf_was_made(redactie: Client) -> None:
    pdf.load()

    assert "AVIF, GIF, JPG, PNG, WEBP." in told(upload_picture(redactie, "foto.png", png(2000, 2000)[:150]))


def test_picture_that_is_too_heavy_is_refused(redactie: Client, settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    answer = told(upload_picture(redactie, "foto.png", png(2000, 2000)))

    assert "Deze afbeelding is te zwaar:" in answer
    assert "Maak haar kleiner: hooguit 100" in answer


def test_small_picture_is_taken(redactie: Client) -> None:
    assert upload_picture(redactie, "foto.png", png(20, 20)).status_code == 302


# Documents


def office(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("folder.pdf", b"MZ\x90\x00\x03 this is a program", "Dit bestand is geen echt pdf-bestand"),
        ("brief.docx", office("word/document.xml", "word/vbaProject.bin"), "of er zit een programma in"),
        ("tabel.ods", office("content.xml", "Basic/script-lc.xml"), "of er zit een programma in"),
        ("brief.docm", office("word/document.xml", "word/vbaProject.bin"), "pdf, docx, odt"),
        ("setup.exe", b"MZ\x90\x00", "pdf, docx, odt"),
    ],
)
@pytest.mark.parametrize("door", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"])
def test_program_in_the_clothes_of_a_document_is_refused(
    redactie: Client, door: str, name: str, content: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile(name, content)
    data: dict[str, Any] = {"title": "Folder", "file": file, "collection": "1"}
    if door == "wagtaildocs:add_multiple":
        data = {"title": "Folder", "files[]": file, "collection": "1"}
    elif door == "wagtaildocs_chooser:create":
        data = {f"document-chooser-upload-{field}": value for field, value in data.items()}
    answer = told(redactie.post(reverse(door), data))

    assert sentence in answer
    assert "Bewaar" in answer
    assert not get_document_model().objects.exists()


# Pages


def send_topic(client: Client, **changes: Any) -> Any:
    """Write a topic in the CMS and send it in for review."""
    words = rich_text("<p>Uitleg.</p>")
    data = {
        **SHARED_FIELDS,
        "title": "Piekeren",
        "slug": "piekeren",
        "summary": "Denken in een kringetje.",
        "theme": theme().pk,
        "checked_on": "2026-11-01",
        "what": streamfield([("text", words)]),
        "recognise": streamfield([("item", f"Je herkent {number}") for number in range(5)]),
        "steps": streamfield([("step", {"title": f"Stap {number}", "text": "Iets."}) for number in range(3)]),
        "seek_help": streamfield([("text", words)]),
        "further": streamfield([]),
        "sources": streamfield([("source", {"title": "Bron", "publisher": "Uitgever", "year": "2025", "url": ""})]),
        **changes,
    }
    url = reverse("wagtailadmin_pages:add", args=["knowledgebase", "topicpage", make_index().pk])
    return client.post(url, {**nested_form_data(data), "action-submit": "1"})


def in_text(picture: Any, **changes: Any) -> dict[str, Any]:
    image = {"image": picture.pk, "alt_text": "", **changes}
    return streamfield([("text", rich_text("<p>Uitleg.</p>")), ("picture", {"image": image, "caption": ""})])


def test_whole_topic_is_sent_in(redactie: Client) -> None:
    picture = make_picture()
    response = send_topic(
        redactie, what=in_text(picture, alt_text="Een bankje"), picture=picture.pk, picture_alt="Een bankje"
    )

    assert response.status_code == 302, said(response)[:3000]
    assert TopicPage.objects.get().current_workflow_state


# Wagtail leaves the file of a preview to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_picture_in_a_text_without_a_description_is_refused(redactie: Client) -> None:
    answer = said(send_topic(redactie, what=in_text(make_picture())))

    assert "Schrijf op wat er op de afbeelding staat, voor wie haar niet ziet." in answer
    assert not TopicPage.objects.exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_picture_of_a_page_without_a_description_is_refused(redactie: Client) -> None:
    answer = said(send_topic(redactie, picture=make_picture().pk, picture_alt=""))

    assert "Vertel kort wat er op de afbeelding staat, voor wie de afbeelding niet ziet." in answer
    assert not TopicPage.objects.exists()


def test_link_to_a_page_that_is_gone_is_refused(redactie: Client) -> None:
    gone = rich_text('<p>Lees <a linktype="page" id="987654">ook dit</a>.</p>')
    answer = said(send_topic(redactie, seek_help=streamfield([("text", gone)])))

    assert "“ook dit”" in answer
    assert "Kies een andere pagina" in answer
    assert not TopicPage.objects.exists()


def test_theme_with_four_examples_is_refused(redactie: Client) -> None:
    answer = said(add_theme(redactie, make_themes(), 4, **{"action-submit": "1"}))

    assert "Nu staan er 4. Voeg er nog 1 toe, of bewaar het thema als concept." in answer


def test_step_plan_with_a_loop_is_refused(redactie: Client) -> None:
    answer = said(add_plan(redactie, plan_form(LOOP, **{"action-submit": "1"})))

    assert "springt terug naar “Begin”" in answer
    assert not StepPlanPage.objects.exists()
