"""The picture of a page: above its text in the size that a screen needs, and small beside its title in lists."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.images import get_image_model

from knowledgebase.models import TopicIndexPage

from .pages import make_topic

pytestmark = pytest.mark.django_db
ALT = "Een bankje aan het water"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(**changes: Any) -> Any:
    """A picture with a red spot in its left upper corner."""
    drawn = Picture.new("RGB", (1200, 675), "white")
    drawn.paste("red", (0, 0, 200, 200))
    out = BytesIO()
    drawn.save(out, "PNG")
    return get_image_model().objects.create(title="Bankje", file=ContentFile(out.getvalue(), "bankje.png"), **changes)


def images(client: Client, url: str) -> list[Tag]:
    return BeautifulSoup(client.get(url).content, "html.parser").select("main img")


def test_page_shows_its_picture_in_several_sizes_with_its_description(client: Client, index: TopicIndexPage) -> None:
    topic = make_topic(index, picture=picture(), picture_alt=ALT)

    (shown,) = images(client, topic.url)

    sizes = [candidate.split() for candidate in shown["srcset"].split(", ")]
    assert [width for _address, width in sizes] == ["480w", "800w", "1200w"]
    assert all(address.endswith(".webp") for address, _width in sizes)
    assert shown["sizes"].endswith("100vw")
    assert shown["alt"] == ALT
    assert shown["width"], "so that the text does not jump when it comes in"
    assert "loading" not in shown.attrs, "it stands at the top"


def test_list_shows_it_small_without_repeating_the_title_and_only_when_scrolled_to(
    client: Client, index: TopicIndexPage
) -> None:
    make_topic(index, picture=picture(), picture_alt=ALT)

    (shown,) = images(client, index.url)

    assert shown["alt"] == ""
    assert shown["loading"] == "lazy"
    assert shown["width"] == "320"


def test_page_without_a_picture_shows_none(client: Client, index: TopicIndexPage) -> None:
    topic = make_topic(index)

    assert images(client, topic.url) == images(client, index.url) == []


def test_more_pictures_in_a_list_are_not_more_questions(rf: Any, index: TopicIndexPage) -> None:
    def questions() -> int:
        page, request = TopicIndexPage.objects.get(), rf.get("/lees/")
        page.serve(request).render()  # makes the sizes that are not there yet
        with CaptureQueriesContext(connection) as asked:
            page.serve(request).render()
        return len(asked)

    make_topic(index, "Een", picture=picture(), picture_alt=ALT)
    one = questions()
    for number in range(5):
        make_topic(index, f"Nog {number}", picture=picture(), picture_alt=ALT)

    assert questions() == one


def test_focal_point_stays_in_sight(client: Client, index: TopicIndexPage) -> None:
    tall = Picture.new("RGB", (600, 1200), "white")
    tall.paste("red", (200, 900, 400, 1100))
    out = BytesIO()
    tall.save(out, "PNG")
    stored = ContentFile(out.getvalue(), "hoog.png")
    point = {"focal_point_x": 300, "focal_point_y": 1000, "focal_point_width": 200, "focal_point_height": 200}
    image = get_image_model().objects.create(title="Hoog", file=stored, **point)
    topic = make_topic(index, picture=image, picture_alt=ALT)

    images(client, topic.url)

    with image.renditions.get(filter_spec="fill-480x240|format-webp").file.open() as made:
        red, green, _blue = Picture.open(made).convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert red - green > 20, "the part that matters was cut off"
