"""Sharing links and films: nothing is asked of another site, and nobody is led elsewhere than it says."""

import socket

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment
from groupspace.kinds import kind_of
from groupspace.links import actions
from groupspace.links.models import Link, LinkComment
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db

FILM = "https://www.youtube.com/watch?v=abcDEF12345"
SECRET = "Zilvervos"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(response):
    form = soup(response).select_one("main form.gs-form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    texts = {area["name"]: area.text.removeprefix("\n").removeprefix("\r\n") for area in form.select("textarea[name]")}
    return values | texts


@pytest.fixture
def _offline(monkeypatch):
    """Whoever tries to reach another machine, or looks up its name, fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"A connection to the outside: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_link_from_door_to_door(log_in, url):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/")))

    made = ben.post(url("nieuw/"), form | {"url": "voorbeeld.nl/rust", "title": " Over  rust ", "description": "Mooi."})
    again = ben.post(url("nieuw/"), form | {"url": "voorbeeld.nl/rust", "title": "Over rust"})

    link = Link.objects.get()
    assert (link.url, link.title, link.description) == ("https://voorbeeld.nl/rust", "Over rust", "<p>Mooi.</p>")
    assert not link.is_video
    assert made.url == again.url == url(link)
    assert list(Happening.objects.values_list("verb", flat=True)) == ["shared"]


def test_only_the_address_and_title_are_needed(log_in, url):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/")))

    assert ben.post(url("nieuw/"), form | {"url": FILM, "title": "Film"}).status_code == 302
    assert Link.objects.get().is_video


def test_a_plain_link_says_where_it_leads_and_tells_nothing_there(log_in, url, share):
    link = share(url="https://www.voorbeeld.nl/lang/pad?x=1")

    answer = log_in("carla").get(url(link))

    anchor = soup(answer).select_one(f'main a[href="{link.url}"]')
    assert anchor["rel"] == ["nofollow", "noreferrer", "noopener"]
    assert "voorbeeld.nl" in anchor.text
    assert not soup(answer).select("iframe, [data-gs-film]")
    assert "frame-src" not in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("_offline")
def test_a_film_waits_for_a_click_and_its_site_is_allowed_on_that_page_alone(log_in, url, share):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/")))
    made = ben.post(url("nieuw/"), form | {"url": FILM, "title": "Film"})

    answer = ben.get(made.url)

    page = soup(answer)
    stage = page.select_one("[data-gs-film]")
    assert stage["data-gs-film"] == "https://www.youtube-nocookie.com/embed/abcDEF12345?autoplay=1&rel=0"
    assert page.select_one("[data-gs-film-play]").has_attr("hidden"), "Without JavaScript the link beside it works."
    assert "YouTube" in stage.text
    for name, attribute in (("img", "src"), ("iframe", "src"), ("script", "src"), ("link", "href")):
        assert not [one for one in page.select(name) if "//" in one.get(attribute, "")], name
    assert "frame-src https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    assert "X-Frame-Origins" not in answer
    for path in (url(), url("nieuw/"), f"{made.url}bewerk/", f"/groep/{made.url.split('/')[2]}/"):
        assert "frame-src" not in ben.get(path)["Content-Security-Policy"], path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://voorbeeld.nl/",
        "https://",
        "https://bank.nl@elders.nl/",
        "https://naam:geheim@elders.nl/",
        "geen adres",
        "https://voorbeeld.nl/\x00\n\r\nX: y z",
        "https://[::1",
        "https://voorbeeld.nl:99999999/",
        "x" * 600 + ".nl",
        "https://" + "a" * 64 + ".nl/",
    ],
)
def test_what_is_no_address_is_refused_beside_the_field(log_in, url, address):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/")))

    answer = ben.post(url("nieuw/"), form | {"url": address, "title": "Iets", "description": "Mijn tekst."})

    assert answer.status_code == 422
    assert soup(answer).select_one("[name=url]")["aria-invalid"] == "true"
    assert "Mijn tekst." in soup(answer).select_one("textarea").text
    assert not Link.objects.exists()


def test_letters_that_look_like_others_show_what_they_are(log_in, url, share):
    link = share(url="https://\u0440aypal.com/inloggen")  # a Cyrillic letter

    assert "xn--" in soup(log_in("ben").get(url(link))).select_one("main .gs-button").text


def test_words_of_members_are_shown_as_words(log_in, url, share):
    link = share(title="<script>alert(1)</script>", url="https://voorbeeld.nl/?a=\"onmouseover='x'<b>")

    for path in (url(link), url(), url(link, "bewerk/"), url(link, "weghalen/")):
        body = log_in("ben").get(path).content.decode()
        assert "<script>alert" not in body
        assert "<b>" not in body


def test_only_who_shared_it_changes_it_and_moderators_take_it_away(log_in, url, share, as_actor):
    link = share("ben")

    for name in ("anna", "ellen"):
        with pytest.raises(PermissionDenied):
            actions.change_link(as_actor(name), link, title="Anders", url=FILM)
    with pytest.raises(PermissionDenied):
        actions.delete_link(as_actor("ellen"), link)
    actions.change_link(as_actor("ben"), link, title="Film", url=FILM)
    link.refresh_from_db()
    assert link.is_video
    assert link.edited_at
    assert log_in("carla").post(url(link, "weghalen/")).url == url()

    assert not Link.objects.exists()
    assert not Happening.objects.exists()
    assert Entry.objects.filter(event="link.removed").count() == 1


@pytest.mark.parametrize(("audience", "readers"), [("facilitators", {"anna", "carla", "ben"}), ("self", {"ben"})])
def test_a_narrower_link_reaches_nobody_else(log_in, url, share, cast, as_actor, audience, readers):
    link = share("ben", url=f"https://{SECRET}.nl/", title=f"{SECRET} titel", why=f"{SECRET} reden")
    comment = add_comment(as_actor("ben"), LinkComment, link, body=f"<p>{SECRET} reactie</p>")
    Link.objects.filter(pk=link.pk).update(audience=audience)
    about = [url(link, rest) for rest in ("", "bewerk/", "weghalen/", "reactie/")]
    about += [url(f"reactie/{comment.pk}/{rest}") for rest in ("", "bewerk/", "weghalen/")]
    around = [url(), url("nieuw/"), f"/groep/{cast.space.pk}/"]

    for name in ("anna", "carla", "ellen", "dora", "frank", "operator", "editor"):
        browser = log_in(name)
        lines = kind_of(Link).lines(cast.actor(name), [link.pk])
        if name in readers:
            assert SECRET in browser.get(url(link)).content.decode()
            assert lines
            continue
        assert lines == {}
        for path in about:
            assert {browser.get(path).status_code, browser.post(path, {}).status_code} == {404}, (name, path)
        for path in around:
            assert SECRET.lower() not in browser.get(path).content.decode().lower(), (name, path)


def test_erasing_takes_links_away_and_leaves_others_their_words(share, cast, as_actor):
    alone = share("ben", url=f"https://{SECRET}.nl/een")
    discussed = share("ben", url=f"https://{SECRET}.nl/twee", title=f"{SECRET} titel", why=f"{SECRET} reden")
    add_comment(as_actor("ben"), LinkComment, discussed, body=f"<p>{SECRET}</p>")
    add_comment(as_actor("anna"), LinkComment, discussed, body="<p>Van anna.</p>")
    of_anna = share("anna")

    assert actions.erase_member(cast.members["ben"]) == 3
    assert actions.erase_member(cast.members["ben"]) == 0

    assert not Link.objects.filter(pk=alone.pk).exists()
    assert SECRET not in str([*Link.objects.values(), *LinkComment.objects.values()])
    assert LinkComment.objects.filter(body="<p>Van anna.</p>").exists()
    assert Link.objects.get(pk=of_anna.pk).url


def test_an_erased_link_leads_nowhere(log_in, url, share, cast, as_actor):
    link = share("ben", url=FILM)
    add_comment(as_actor("anna"), LinkComment, link, body="<p>Van anna.</p>")
    actions.erase_member(cast.members["ben"])

    answer = log_in("carla").get(url(link))

    assert answer.status_code == 200
    assert not soup(answer).select("[data-gs-film], main a[rel]")
    assert log_in("ben").get(url(link, "bewerk/")).status_code == 403


def test_text_comes_back_when_the_group_closed_meanwhile(log_in, url, cast):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/"))) | {"url": FILM, "title": "Film", "description": "Lang geschreven."}
    type(cast.space).objects.filter(pk=cast.space.pk).update(state="read_only")

    answer = ben.post(url("nieuw/"), form)

    assert answer.status_code == 403
    assert "Lang geschreven." in soup(answer).select_one("textarea").text
    assert FILM in soup(answer).select_one("textarea").text


def test_lists_cost_the_same_in_every_size(log_in, url, share):
    link, carla = share("anna", url=FILM), log_in("carla")

    def statements():
        counts = []
        for path in (url(), url(link), url(link, "weghalen/"), url("nieuw/")):
            carla.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert carla.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = statements()
    for number in range(49):
        share(("anna", "ben", "carla")[number % 3], title=f"Link {number}")
    assert statements() == few
    assert max(few) <= 12


def test_older_links_stand_on_the_next_page(log_in, url, share):
    for number in range(25):
        share(title=f"Link {number}")
    ben = log_in("ben")

    first = soup(ben.get(url()))
    second = soup(ben.get(url() + first.select_one("a[rel=next]")["href"]))

    assert len(first.select(".gs-list__item")) == 20
    assert len(second.select(".gs-list__item")) == 5
    assert ben.get(url() + "?na=x").status_code == 404
