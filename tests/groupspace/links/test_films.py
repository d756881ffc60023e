"""Which addresses are films, and what a frame would be given: never more than one known site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupspace.headers import ORIGIN
from groupspace.links.films import find_film

FILMS = {
    "https://www.youtube.com/watch?v=abcDEF12345&t=3": "https://www.youtube-nocookie.com/embed/abcDEF12345?",
    "https://youtu.be/abcDEF12345?si=x": "https://www.youtube-nocookie.com/embed/abcDEF12345?",
    "https://m.youtube.com/shorts/abcDEF12345": "https://www.youtube-nocookie.com/embed/abcDEF12345?",
    "https://vimeo.com/123456789": "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1",
    "https://vimeo.com/123456789/abcdef1234": "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1&h=abcdef1234",
    "https://film.voorbeeld.nl/w/9c9de5e8-0a1e": "https://film.voorbeeld.nl/videos/embed/9c9de5e8-0a1e?p2p=0",
}
NO_FILMS = [
    "http://www.youtube.com/watch?v=abcDEF12345",
    "https://www.youtube.com/watch?v=../../x",
    "https://www.youtube.com/watch?v=abcDEF1234\u0665",
    "https://www.youtube.com/",
    "https://youtube.com.evil.example/watch?v=abcDEF12345",
    "https://vimeo.com/inloggen",
    "https://vimeo.com/\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
    "https://evil.example/watch?v=abcDEF12345",
    "https://x.nl:8443/w/abcdefgh",
    "https://127.0.0.1/w/abcdefgh",
    "https://localhost/w/abcdefgh",
    "https://[::1/w/abcdefgh",
    "https://x.nl:99999999/w/abcdefgh",
    'https://x.nl"; script-src *//w/abcdefgh',
    "javascript:alert(1)",
    "niets",
    "",
]


@pytest.mark.parametrize(("address", "embed"), FILMS.items())
def test_a_film_is_known_by_its_address(address, embed):
    film = find_film(address)

    assert film.embed.startswith(embed)
    assert film.embed.startswith(f"{film.origin}/")
    assert ORIGIN(film.origin)
    assert film.referrer == ("strict-origin" if film.where == "YouTube" else "no-referrer")


@pytest.mark.parametrize("address", NO_FILMS)
def test_other_addresses_are_no_films(address):
    assert find_film(address) is None


pieces = st.sampled_from(
    ["https://", "youtube.com", "vimeo.com", "x.nl", "/w/", "watch?v=", "'", ";", "*", "@", ":", " "]
)


@given(st.lists(pieces | st.text(max_size=12), max_size=8).map("".join))
def test_no_address_puts_anything_else_in_the_policy(address):
    film = find_film(address)

    assert film is None or (ORIGIN(film.origin) and film.embed.startswith(film.origin + "/"))
