"""Films: nothing is asked of another site before a click, and the browser allows only the site of this film."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from knowledgebase.blocks import VideoBlock
from knowledgebase.models import TopicIndexPage
from knowledgebase.video import find_film

from .pages import make_topic, text

FILMS = {
    "https://www.youtube.com/watch?v=abcDEF12345&t=3": (
        "YouTube",
        "https://www.youtube-nocookie.com/embed/abcDEF12345",
    ),
    "https://youtu.be/abcDEF12345?si=x": ("YouTube", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
    "https://m.youtube.com/shorts/abcDEF12345": ("YouTube", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
    "https://vimeo.com/123456789": ("Vimeo", "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"),
    "https://vimeo.com/123456789/abcdef1234": (
        "Vimeo",
        "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1&h=abcdef1234",
    ),
    "https://film.voorbeeld.nl/w/9c9de5e8-0a1e": (
        "film.voorbeeld.nl",
        "https://film.voorbeeld.nl/videos/embed/9c9de5e8-0a1e",
    ),
}
NO_FILMS = [
    "http://www.youtube.com/watch?v=abcDEF12345",
    "https://www.youtube.com/watch?v=../../x",
    "https://www.youtube.com/",
    "https://vimeo.com/inloggen",
    "https://evil.example/watch?v=abcDEF12345",
    "https://x.nl:8443/w/abcdefgh",
    'https://x.nl"; script-src *//w/abcdefgh',
    "https://www.youtube.com:abc/watch?v=abcDEF12345",
    "https://[::1/watch?v=abcDEF12345",
    "javascript:alert(1)",
    "niets",
]


@pytest.mark.parametrize(("address", "found"), FILMS.items())
def test_film_is_known_by_its_address(address: str, found: tuple[str, str]) -> None:
    film = find_film(address)
    assert film is not None
    assert (film.where, film.embed[: len(found[1])]) == found
    assert film.embed.startswith(film.origin)


@pytest.mark.parametrize("address", NO_FILMS)
def test_other_addresses_are_no_films(address: str) -> None:
    assert find_film(address) is None


def block(**values: object) -> dict[str, object]:
    empty = {
        "title": "Zo adem je rustig",
        "address": "",
        "file": None,
        "captions": None,
        "poster": None,
        "transcript": "",
    }
    return {**empty, **values}


@pytest.mark.parametrize("address", ["", "https://evil.example/film"])
def test_editor_hears_what_to_do_about_an_address(address: str) -> None:
    video = VideoBlock()
    with pytest.raises(StructBlockValidationError) as caught:
        video.clean(video.to_python(block(address=address)))
    assert "address" in caught.value.block_errors


@pytest.mark.django_db
def test_page_asks_nothing_before_the_click_and_allows_only_this_site(client: Client, index: TopicIndexPage) -> None:
    film = ("video", block(address="https://youtu.be/abcDEF12345", transcript="Adem in. <b>Adem uit.</b>"))
    topic = make_topic(index, "Ademen", what=[text("Kijk mee."), film])
    plain = make_topic(index, "Zonder film")

    for _kept in range(2):
        response = client.get(topic.url)
        page = BeautifulSoup(response.content, "html.parser")
        assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]
        assert "X-Frame-Origins" not in response
        assert not page.select("iframe, main img")
        assert "ziet YouTube je internetadres" in page.main.get_text()
        assert not page.select_one("details b")
    assert "frame-src" not in client.get(plain.url)["Content-Security-Policy"]
