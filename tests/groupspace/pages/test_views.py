"""Pages through the browser's eyes: reading, writing, comparing, moving, and nothing that is typed gets lost."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groupspace.pages import actions
from groupspace.pages.models import Page
from groupspace.text.models import Draft

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(response, select="main form.gs-form"):
    form = soup(response).select_one(select)
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    chosen = {
        one["name"]: (one.select_one("option[selected]") or {"value": ""})["value"] for one in form.select("select")
    }
    texts = {area["name"]: area.text.removeprefix("\n").removeprefix("\r\n") for area in form.select("textarea[name]")}
    return values | chosen | texts


def crumbs(response):
    return [one.text.strip() for one in soup(response).select(".gs-crumbs li")]


def test_a_page_from_door_to_door(log_in, url):
    ben, carla = log_in("ben"), log_in("carla")
    form = form_of(ben.get(url("nieuw/")))

    made = ben.post(url("nieuw/"), form | {"title": " Onze  tips ", "body": "Een.\n\nTwee."})
    page = Page.objects.get()
    edit = form_of(carla.get(url(page, "bewerk/")))
    back = carla.post(url(page, "bewerk/"), edit | {"body": "Een.\n\nDrie.", "note": "derde tip"})

    assert made.url == back.url == url(page)
    page.refresh_from_db()
    assert (page.title, page.body, page.version) == ("Onze tips", "<p>Een.</p><p>Drie.</p>", 2)
    assert "Laatst veranderd door Carla" in soup(ben.get(url(page))).text
    assert "derde tip" in ben.get(url(page, "geschiedenis/")).content.decode()


def test_sending_a_form_twice_writes_once(log_in, url):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/"))) | {"title": "Tips", "body": "Een."}

    assert ben.post(url("nieuw/"), form).url == ben.post(url("nieuw/"), form).url

    assert Page.objects.count() == 1


def test_a_draft_comes_back_with_the_version_it_was_written_on(log_in, url, write, change):
    page, ben = write("ben", text="Een."), log_in("ben")
    form = form_of(ben.get(url(page, "bewerk/"))) | {"body": "Half af"}
    ben.post("/groep/tekst/concept/", form)
    assert Draft.objects.exists()
    change("carla", page, "Van Carla.")

    again = form_of(ben.get(url(page, "bewerk/")))
    answer = ben.post(url(page, "bewerk/"), again)

    assert (again["body"], again["base"]) == ("Half af", "1")
    assert answer.status_code == 409


def test_two_writers_at_once_both_keep_their_text(log_in, url, write):
    page = write("anna", text="Een zin van anna.")
    ben, carla = log_in("ben"), log_in("carla")
    of_ben, of_carla = (form_of(one.get(url(page, "bewerk/"))) for one in (ben, carla))
    carla.post(url(page, "bewerk/"), of_carla | {"body": "Een nieuwe zin van anna."})

    stopped = ben.post(url(page, "bewerk/"), of_ben | {"title": "Bens titel", "body": "Bens eigen zin."})

    assert stopped.status_code == 409
    assert "Carla veranderde deze pagina terwijl jij schreef" in soup(stopped).text
    assert "nieuwe" in soup(stopped).select_one("ins").text
    assert "Een nieuwe zin van anna." in soup(stopped).select_one("details .gs-prose").text
    again = form_of(stopped)
    assert (again["title"], again["body"], again["base"]) == ("Bens titel", "Bens eigen zin.", "2")
    page.refresh_from_db()
    assert page.body == "<p>Een nieuwe zin van anna.</p>"

    assert ben.post(url(page, "bewerk/"), again).status_code == 302
    page.refresh_from_db()
    assert (page.body, page.version) == ("<p>Bens eigen zin.</p>", 3)


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 5000, "1.5", "0", "\x00"])
def test_a_form_without_a_good_version_writes_over_nobody(log_in, url, write, base):
    page, ben = write("anna"), log_in("ben")
    form = form_of(ben.get(url(page, "bewerk/"))) | {"body": "Anders.", "base": base}

    assert ben.post(url(page, "bewerk/"), form).status_code == 409

    page.refresh_from_db()
    assert page.version == 1


def test_text_comes_back_when_the_page_was_locked_meanwhile(log_in, url, write, as_actor):
    page, ben = write("ben"), log_in("ben")
    form = form_of(ben.get(url(page, "bewerk/"))) | {"body": "Lang geschreven."}
    actions.lock_page(as_actor("anna"), page, locked=True)

    answer = ben.post(url(page, "bewerk/"), form)

    assert answer.status_code == 403
    assert "op slot" in answer.content.decode()
    assert "Lang geschreven." in soup(answer).select_one("textarea").text


def test_text_comes_back_when_the_page_was_taken_away_meanwhile(log_in, url, write, as_actor, cast):
    page, ben = write("anna", title="Geheime titel", text="Geheime tekst."), log_in("ben")
    form = form_of(ben.get(url(page, "bewerk/"))) | {"title": "Mijn titel", "body": "Lang geschreven."}
    actions.delete_page(as_actor("anna"), page)

    answer = ben.post(url(page, "bewerk/"), form)
    outsider = log_in("frank").post(url(page, "bewerk/"), form | {"gs-ticket": ""})

    assert answer.status_code == outsider.status_code == 404
    assert "no-store" in answer["Cache-Control"]
    assert "Lang geschreven." in soup(answer).select_one("textarea").text
    assert "Geheime" not in answer.content.decode()
    assert cast.space.name not in outsider.content.decode()


def test_a_page_that_was_hidden_meanwhile_gives_back_only_what_one_typed(log_in, url, write):
    page, ben = write("anna", title="Geheime titel", text="Geheime tekst."), log_in("ben")
    form = form_of(ben.get(url(page, "bewerk/"))) | {"title": "Mijn titel", "body": "Lang geschreven."}
    Page.objects.filter(pk=page.pk).update(audience="facilitators")

    answer = ben.post(url(page, "bewerk/"), form)

    assert answer.status_code == 404
    assert "Lang geschreven." in answer.content.decode()
    assert "Geheime" not in answer.content.decode()


def test_a_new_page_comes_where_its_writer_wants_it(log_in, url, write):
    parent, ben = write("anna", title="Tips"), log_in("ben")
    form = form_of(ben.get(url("nieuw/") + f"?onder={parent.pk}"))
    assert form["parent"] == str(parent.pk)

    made = ben.post(url("nieuw/"), form | {"title": "Over slapen", "body": "Donker."})

    assert Page.objects.get(title="Over slapen").parent == parent
    assert crumbs(ben.get(made.url))[-3:] == ["Pagina's", "Tips", "Over slapen"]
    assert "Over slapen" in soup(ben.get(url(parent))).select_one("#eronder").parent.text


@pytest.mark.parametrize("place", ["x", "00000000-0000-7000-8000-000000000000", "\x00", "1" * 5000])
def test_a_place_that_is_none_is_refused_beside_the_field(log_in, url, write, place):
    write("anna")
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/") + f"?onder={place.strip(chr(0))[:40]}"))

    answer = ben.post(url("nieuw/"), form | {"title": "Tips", "body": "Een.", "parent": place})

    assert answer.status_code == 422
    assert "Kies een andere" in soup(answer).text


def test_moving_by_buttons_and_by_choice(log_in, url, write):
    one, two = write(title="Een"), write(title="Twee")
    ben = log_in("ben")

    assert "Zet lager" not in ben.get(url(two, "verplaats/")).content.decode()
    ben.post(url(two, "verplaats/"), {"stap": "hoger"})
    order = [a.text for a in soup(ben.get(url())).select(".gs-tree__link")]
    moved = ben.post(url(two, "verplaats/"), {"parent": str(one.pk)})

    assert order == ["Twee", "Een"]
    assert moved.url == url(two)
    assert crumbs(ben.get(moved.url))[-2:] == ["Een", "Twee"]
    choices = [one["value"] for one in soup(ben.get(url(one, "verplaats/"))).select("option")]
    assert choices == [""], "Not under itself, nor under what hangs from it."


def test_comparing_says_in_words_what_is_gone_and_new(log_in, url, write, change):
    page = write("anna", title="Tips", text="Ga op tijd naar bed.")
    change("ben", page, "Ga vroeg naar bed.", title="Onze tips")
    change("ben", page, "Ga vroeg naar <b>bed</b>.")

    seen = soup(log_in("carla").get(url(page, "vergelijk/?van=1&naar=2")))

    assert [one.text for one in seen.select(".gs-changes del")] == ["weg: op tijd  einde"]
    assert [one.text for one in seen.select(".gs-changes ins")] == ["nieuw: vroeg  einde"]
    assert "Onze tips" in seen.text
    assert "<b>" not in str(seen.select_one("main .gs-changes"))


def test_what_is_compared_is_shown_as_text(log_in, url, write, change):
    page = write("anna", text="Niets.")
    change("ben", page, "<script>alert(1)</script> en <img src=x onerror=alert(2)>")

    body = log_in("carla").get(url(page, "vergelijk/")).content.decode()

    assert "&lt;script&gt;alert(1)" in body
    assert not re.search(r"<script>alert|<img src=x", body)


@pytest.mark.parametrize("query", ["?van=1&naar=9", "?van=x", "?naar=1", "?van=-1&naar=1", f"?van={'9' * 99}&naar=1"])
def test_versions_that_do_not_exist_are_not_found(log_in, url, write, query):
    assert log_in("ben").get(url(write(), "vergelijk/") + query).status_code == 404


def test_an_old_version_is_read_and_put_back(log_in, url, write, change):
    page = write("anna", text="Eerste tekst.")
    change("ben", page, "Tweede tekst.")
    first, ben = page.versions.get(number=1), log_in("ben")
    old = ben.get(url(f"versie/{first.pk}/"))
    assert "Eerste tekst." in old.content.decode()

    for _twice in range(2):
        back = ben.post(url(f"versie/{first.pk}/terugzetten/"))

    assert back.url == url(page)
    page.refresh_from_db()
    assert (page.body, page.version) == ("<p>Eerste tekst.</p>", 3)
    assert "zette een eerdere versie terug" in ben.get(url(page, "geschiedenis/")).content.decode()


def test_an_erased_version_leaves_only_its_place(log_in, url, write, change, cast):
    page = write("ben", title="Tips", text="Geheim van ben.")
    change("carla", page, "Van Carla.")
    first, anna = page.versions.get(number=1), log_in("anna")
    actions.erase_member(cast.members["ben"])

    for path in (
        url(page, "geschiedenis/"),
        url(page, "vergelijk/?van=1&naar=2"),
        url(page, "vergelijk/"),
        url(f"versie/{first.pk}/"),
        url(page),
    ):
        answer = anna.get(path)
        assert answer.status_code == 200
        assert "Geheim" not in answer.content.decode()
    assert anna.post(url(f"versie/{first.pk}/terugzetten/")).status_code == 403


def test_a_long_history_is_read_in_parts(log_in, url, write, as_actor):
    page, ben = write("anna"), log_in("ben")
    for number in range(1, 60):
        actions.edit_page(as_actor("ben"), page, title="Tips", body=f"<p>Versie {number}</p>", base=number)

    first = soup(ben.get(url(page, "geschiedenis/")))
    older = soup(ben.get(url(page, "geschiedenis/") + first.select_one("a[rel=next]")["href"]))

    assert len(first.select(".gs-list__item")) == 50
    assert len(older.select(".gs-list__item")) == 10
    assert ben.get(url(page, "geschiedenis/?voor=x")).status_code == 404


def test_deleting_asks_once(log_in, url, write):
    page = write("ben", title="Tips")
    write("anna", title="Eronder", parent=page)
    ben = log_in("ben")

    question = ben.get(url(page, "weghalen/")).content.decode()
    done = ben.post(url(page, "weghalen/"))

    assert "een plek omhoog" in question
    assert done.url == url()
    assert [a.text for a in soup(ben.get(url())).select(".gs-tree__link")] == ["Eronder"]


# What it costs


def statements(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_no_page_costs_more_than_twelve_statements_nor_more_in_a_full_group(log_in, url, write, change, cast):
    page = write("anna")
    change("ben", page, "Anders.")
    version, carla = page.versions.first(), log_in("carla")
    rest = ("", "bewerk/", "geschiedenis/", "vergelijk/", "verplaats/", "weghalen/")
    paths = [url(), url("nieuw/"), url(f"versie/{version.pk}/"), *(url(page, one) for one in rest)]

    few = [statements(carla, path) for path in paths]
    names = ["anna", "ben", "carla"]
    under = page
    for number in range(49):
        made = write(names[number % 3], title=f"Pagina {number}", parent=(None, page, under)[number % 3])
        change(names[number % 3 - 1], page, f"Tekst {number}")
        under = made if number == 1 else under
    many = [statements(carla, path) for path in paths]

    assert few == many
    assert max(few) <= 12, dict(zip(paths, few, strict=True))
