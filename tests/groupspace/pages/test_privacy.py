"""What stands on a page, or stood there once, reaches nobody but its readers."""

import pytest

from groupspace.comments.actions import add_comment
from groupspace.kinds import kind_of
from groupspace.pages.models import Page, PageComment
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db

SECRET = "Zilvervos"


@pytest.fixture
def hidden(write, change, as_actor):
    """A page for facilitators alone below a page for all, with a page for all below it; secrets in every field."""
    top = write("anna", title="Voor allen")
    page = write("anna", title=f"{SECRET} titel", text=f"{SECRET} eerst", parent=top)
    change("anna", page, f"{SECRET} later", note=f"{SECRET} reden")
    add_comment(as_actor("anna"), PageComment, page, body=f"<p>{SECRET} reactie</p>")
    below = write("ben", title="Van ben", parent=page)
    Page.objects.filter(pk=page.pk).update(audience="facilitators")
    Happening.objects.filter(item_id=page.pk).update(audience="facilitators")
    return top, page, below


def addresses(url, page):
    about = ("", "bewerk/", "geschiedenis/", "vergelijk/", "verplaats/", "weghalen/", "reactie/", "slot/")
    for rest in about:
        yield url(page, rest)
    for version in page.versions.all():
        yield url(f"versie/{version.pk}/")
        yield url(f"versie/{version.pk}/terugzetten/")
    for comment in page.comments.all():
        yield url(f"reactie/{comment.pk}/")


@pytest.mark.parametrize("who", ["ben", "ellen", "dora", "frank", "operator", "editor"])
def test_no_address_of_a_narrower_page_answers(log_in, url, hidden, who):
    _top, page, _below = hidden
    browser, reader = log_in(who), log_in("carla")

    for path in addresses(url, page):
        for response in (browser.get(path), browser.post(path, {"aan": "1", "stap": "hoger"})):
            assert response.status_code == 404, path
            assert SECRET not in response.content.decode()
    assert SECRET in reader.get(url(page)).content.decode()
    assert reader.get(url(page, "geschiedenis/")).status_code == 200


def test_no_page_around_it_tells_of_it(log_in, url, hidden, cast):
    top, _page, below = hidden
    home = f"/groep/{cast.space.pk}/"
    paths = [home, url(), url(top), url(below), url("nieuw/"), url(top, "verplaats/"), url(below, "verplaats/")]
    paths += [url(below, "bewerk/"), url(below, "geschiedenis/"), url(below, "vergelijk/"), url(below, "weghalen/")]

    for who in ("ben", "ellen"):
        for path in paths:
            answer = log_in(who).get(path)
            assert SECRET not in answer.content.decode(), path
    assert SECRET in log_in("carla").get(url(below)).content.decode(), "A facilitator sees the way through it."


def test_a_page_below_a_hidden_one_is_still_found(log_in, url, hidden):
    assert "Van ben" in log_in("ben").get(url()).content.decode()


def test_a_page_below_a_narrower_one_is_as_narrow(write, hidden):
    _top, page, _below = hidden
    page.refresh_from_db()

    assert write("carla", title="Nog een", parent=page).audience == "facilitators"


def test_nobody_stands_a_page_under_one_they_do_not_see(log_in, url, hidden, write):
    _top, page, _below = hidden
    own, ben = write("ben", title="Los"), log_in("ben")

    for path in (url(own, "verplaats/"), url("nieuw/")):
        answer = ben.post(path, {"title": "T", "body": "B", "parent": str(page.pk)})
        assert answer.status_code == 422
        assert SECRET not in answer.content.decode()


def test_an_own_page_alone_is_read_by_nobody_else(log_in, url, write, change):
    page = write("ben", title=f"{SECRET} van mij", text=SECRET)
    Page.objects.filter(pk=page.pk).update(audience="self")

    for who in ("anna", "carla", "ellen"):
        for path in addresses(url, page):
            assert log_in(who).get(path).status_code == 404
    assert SECRET in log_in("ben").get(url(page)).content.decode()


def test_lines_of_the_stream_are_for_readers_alone(cast, hidden):
    _top, page, _below = hidden
    kind = kind_of(Page)

    assert kind.lines(cast.actor("ben"), [page.pk]) == {}
    assert kind.lines(cast.actor("carla"), [page.pk])[page.pk].title == f"{SECRET} titel"


def test_titles_of_windows_stay_general(log_in, url, write):
    page = write("ben", title=SECRET)
    for rest in ("", "bewerk/", "geschiedenis/", "vergelijk/", "verplaats/", "weghalen/"):
        head = log_in("ben").get(url(page, rest)).content.decode().partition("</title>")[0]
        assert SECRET not in head


def test_former_members_and_those_on_pause_read_nothing(log_in, url, write, cast, as_actor):
    from groupspace import actions as core

    page = write("anna", title=SECRET)
    browser = log_in("ben")
    assert browser.get(url(page)).status_code == 200

    core.remove(as_actor("anna"), cast.members["ben"])

    for path in addresses(url, page):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
