"""A film that somebody shared is played on its page, piece by piece, and each piece is asked of the policy anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.files import actions as files
from groupspace.memory import memory_of
from tests.groupspace.files.conftest import bytes_of, photo, taken, text
from tests.groupspace.storage.nasty import box, film

pytestmark = pytest.mark.django_db
SEEN = bytes(range(256)) * 2000


@pytest.fixture
def content() -> bytes:
    return film() + box(b"free", SEEN)


@pytest.fixture
def shared(share: Any, content: bytes) -> Any:
    return share("ben", ContentFile(content, name="wandeling.mp4"), title="Wandeling")


def page_of(file: Any) -> str:
    return reverse("groupspace:bestanden:file", args=[file.space_id, file.pk])


def player(browser: Any, file: Any) -> Any:
    page = browser.get(page_of(file))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").find("video")


def test_film_stands_on_its_page_and_asks_nothing_before_it_is_played(shared, browser):
    video = player(browser("ellen"), shared)

    assert video.has_attr("controls")
    assert video["preload"] == "none"
    assert not video.has_attr("autoplay")
    assert video["aria-label"] == "Wandeling"
    assert "media-src 'self'" in browser("ellen").get(page_of(shared)).headers["Content-Security-Policy"]


def test_pieces_are_given_and_together_they_are_the_film(shared, browser):
    ellen = browser("ellen")
    address = player(ellen, shared)["src"]
    whole = ellen.get(address)
    kept = bytes_of(whole)
    assert (whole.status_code, whole["Accept-Ranges"], whole["Content-Length"]) == (200, "bytes", str(len(kept)))
    assert SEEN in kept

    pieces = b""
    while len(pieces) < len(kept):
        piece = ellen.get(address, headers={"Range": f"bytes={len(pieces)}-{len(pieces) + 99_999}"})
        last = min(len(pieces) + 99_999, len(kept) - 1)
        assert piece.status_code == 206
        assert piece["Content-Range"] == f"bytes {len(pieces)}-{last}/{len(kept)}"
        body = bytes_of(piece)
        assert piece["Content-Length"] == str(len(body))
        pieces += body
    assert pieces == kept


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=100-", 206, 100, None),
        ("bytes=-5", 206, -5, None),
        ("Bytes=0-999999999999", 200, 0, None),
        ("bytes=-999999999999", 200, 0, None),
        ("bytes=0-", 200, 0, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,5-6", 200, 0, None),
        ("bytes=a-b", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("items=0-1", 200, 0, None),
        ("bytes=0-" + "9" * 5000, 200, 0, None),
        ("bytes=999999999-", 416, 0, 0),
        ("bytes=999999999-999999999999", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
    ],
)
def test_range_is_kept_to_or_refused(shared, browser, asked, status, first, last):
    ellen = browser("ellen")
    address = player(ellen, shared)["src"]
    kept = bytes_of(ellen.get(address))

    answer = ellen.get(address, headers={"Range": asked})

    assert answer.status_code == status
    assert bytes_of(answer) == kept[first:last]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "video/mp4"
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{len(kept)}"


@pytest.mark.parametrize("how", ["member", "file", "audience", "kind"])
def test_who_may_no_longer_see_it_gets_nothing_of_the_next_piece(shared, browser, cast, how):
    ellen = browser("ellen")
    address = player(ellen, shared)["src"]
    assert ellen.get(address, headers={"Range": "bytes=0-9"}).status_code == 206
    if how == "member":
        actions.remove(cast.actor("anna"), cast.members["ellen"])
    elif how == "file":
        files.delete_file(cast.actor("ben"), shared)
    elif how == "audience":
        type(shared).objects.filter(pk=shared.pk).update(audience="self")
    else:
        type(cast.space).objects.filter(pk=cast.space.pk).update(kinds_off=["bestanden"])

    answer = ellen.get(address, headers={"Range": "bytes=10-19"})

    assert answer.status_code == 404
    assert "Content-Range" not in answer
    assert browser("dora").get(address, headers={"Range": "bytes=0-9"}).status_code == 404


def test_film_that_is_prepared_is_played_for_who_sees_it_and_nobody_else(share, browser, cast, content):
    tomorrow = timezone.now() + timedelta(days=1)
    prepared = share("carla", ContentFile(content, name="later.mp4"), later=tomorrow)
    picture = share("carla", photo(), later=tomorrow).versions.get()
    large = reverse("groupspace:bestanden:version-picture", args=[cast.space.pk, picture.pk])
    actions.remove(cast.actor("anna"), cast.members["ben"])

    for who in ("carla", "anna"):
        address = player(browser(who), prepared)["src"]
        assert browser(who).get(address, headers={"Range": "bytes=0-9"}).status_code == 206
        assert browser(who).get(large).status_code == 200
    for who in ("ellen", "ben", "dora", "frank", "operator"):
        assert {browser(who).get(one).status_code for one in (address, large, page_of(prepared))} == {404}, who
    links = [
        file.address for _day, kept in memory_of(cast.members["carla"]) for one in kept for file in one.words.files
    ]
    assert [browser("carla").get(link).status_code for link in links] == [200, 200]


def test_only_films_are_played_and_download_stays(share, shared, browser, cast):
    for other in (share("ben", text()), share("ben", photo())):
        assert player(browser("ben"), other) is None
    page = browser("ben").get(page_of(shared)).content.decode()
    assert reverse("groupspace:bestanden:file-download", args=[shared.space_id, shared.pk]) in page

    files.renew_file(cast.actor("ben"), shared, taken(cast.actor("ben"), text()))  # no film any more
    shared.refresh_from_db()
    assert player(browser("ben"), shared) is None


def test_newer_version_never_comes_through_in_the_middle_of_an_older_one(shared, browser, cast, content):
    ellen = browser("ellen")
    address = player(ellen, shared)["src"]
    before = bytes_of(ellen.get(address))
    newer = ContentFile(film() + box(b"free", SEEN[::-1]), name="wandeling.mp4")
    files.renew_file(cast.actor("ben"), shared, taken(cast.actor("ben"), newer))

    assert bytes_of(ellen.get(address, headers={"Range": "bytes=1000-"})) == before[1000:]
    assert player(ellen, shared)["src"] != address


def test_nginx_gives_the_pieces_when_the_host_says_so(shared, browser, settings, place):
    address = player(browser("ellen"), shared)["src"]
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": place, "ACCEL": "/_private/"}}

    answer = browser("ellen").get(address, headers={"Range": "bytes=0-9"})

    assert answer["X-Accel-Redirect"].startswith("/_private/")
    assert "Content-Length" not in answer or answer["Content-Length"] == "0"
    assert not bytes_of(answer)
