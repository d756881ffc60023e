"""Nothing typed is lost and nothing is posted twice: drafts, used form keys, sealed forms, the CSRF page."""

import re
import threading
import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from groupspace.text import drafts, sealed
from groupspace.text.models import Draft, SealedPost, Submission
from groupspace.text.once import once
from groupspace.text.purge import purge_text
from groupspace.text.ticket import Ticket
from tests.groupspace.text import pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.groupspace.text.pages")]
CANARY = "kanarie-7f3a"


@pytest.fixture(autouse=True)
def nothing_posted():
    pages.POSTED.clear()


@pytest.fixture
def beer():
    return get_user_model().objects.create_user(username="stille-beer-12", password="x")


@pytest.fixture
def vos():
    return get_user_model().objects.create_user(username="rode-vos-34", password="x")


@pytest.fixture
def write(client, beer):
    client.force_login(beer)
    return client


def form_of(response):
    """The names and values of the form on a page, as a browser would send them."""
    form = BeautifulSoup(response.content, "html.parser").form
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return values | {
        area["name"]: area.text.removeprefix("\n").removeprefix("\r\n") for area in form.find_all("textarea")
    }


def note_on(response):
    return [p.text for p in BeautifulSoup(response.content, "html.parser").select(".gs-alert")]


def typed(client, text, **more):
    return form_of(client.get("/schrijf/")) | {"body": text} | more


# Posting once.


def test_same_form_twice_posts_once(write):
    data = typed(write, "hoi")

    first, second = write.post("/schrijf/", data), write.post("/schrijf/", data)

    assert pages.POSTED == [("", "<p>hoi</p>")]
    assert first.url == second.url == "/klaar/1/"


def test_two_forms_post_twice(write):
    write.post("/schrijf/", typed(write, "een"))
    write.post("/schrijf/", typed(write, "een"))

    assert len(pages.POSTED) == 2


def test_failed_post_can_be_sent_again(beer):
    key = uuid.uuid4()
    with pytest.raises(ZeroDivisionError), once(beer, key):
        raise ZeroDivisionError

    with once(beer, key) as claim:
        assert claim.first


def test_key_of_another_person_is_not_a_repeat(beer, vos):
    key = uuid.uuid4()
    with once(beer, key) as claim:
        claim.url = "/van-beer/"

    with once(vos, key) as claim:
        assert (claim.first, claim.url) == (True, "")


@pytest.mark.django_db(transaction=True)
def test_double_click_at_the_same_moment_posts_once(beer):
    key, firsts, start = uuid.uuid4(), [], threading.Barrier(4)

    def click():
        start.wait()
        with once(beer, key) as claim:
            firsts.append(claim.first)
            claim.url = claim.url or "/klaar/"
        connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(firsts) == [False, False, False, True]


def test_claim_costs_three_statements(beer, django_assert_num_queries):
    Submission.objects.count()

    with django_assert_num_queries(5), once(beer, uuid.uuid4()):  # with SAVEPOINT and RELEASE of the test's transaction
        pass


# Drafts.


@pytest.mark.django_db(transaction=True)
def test_words_that_come_back_while_the_next_ones_are_kept_lose_nothing_of_either(beer):
    ticket, start, refused = Ticket(str(beer.pk), "/schrijf/", "note", str(pages.PLACE)), threading.Barrier(2), []

    def keep():
        start.wait()
        try:
            drafts.save(ticket, {"body": "later", "body-format": "plain"}, 0)
        except drafts.DraftConflictError:  # the window says so, and asks which text it is
            refused.append("keep")
        connections.close_all()

    def take_back():
        start.wait()
        drafts.put_back(beer, "note", pages.PLACE, {"body": "<p>eerst</p>", "body-format": "html"}, place=None)
        connections.close_all()

    for _attempt in range(10):
        refused.clear()
        threads = [threading.Thread(target=act) for act in (keep, take_back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        expected = "<p>eerst</p>" if refused else "<p>eerst</p><p>later</p>"
        assert drafts.load(beer, "note", pages.PLACE).values["body"] == expected
        drafts.discard(beer, "note", pages.PLACE)


def save(client, data, **more):
    return client.post("/groep/tekst/concept/", data | more)


def test_draft_comes_back_with_its_formats(write):
    answer = save(write, typed(write, "<p>hoi <strong>jij</strong></p>", title="Kop", **{"body-format": "html"}))

    page = write.get("/schrijf/")

    assert answer.json()["version"] == 1
    assert form_of(page) == form_of(page) | {"title": "Kop", "body": "hoi jij", "gs-version": "1"}
    template = BeautifulSoup(page.content, "html.parser").select_one("template[data-gs-editor-content]")
    assert template.decode_contents() == "<p>hoi <strong>jij</strong></p>"


def test_draft_tells_the_time_only_when_saved(write):
    with time_machine.travel(datetime.fromisoformat("2026-11-22T09:32:00+00:00"), tick=False):
        answer = save(write, typed(write, "hoi"))

    assert (answer.status_code, answer.json()) == (200, {"message": "Bewaard om 10.32 uur", "version": 1})
    assert "no-store" in answer["Cache-Control"]


def test_draft_of_another_person_stays_unseen(write, vos):
    save(write, typed(write, CANARY))
    other = Client()
    other.force_login(vos)

    page = other.get("/schrijf/")

    assert CANARY not in page.content.decode()
    assert Draft.objects.count() == 1


def test_draft_cannot_be_written_for_another_person(write, vos):
    ticket = str(Ticket(str(vos.pk), "/schrijf/", "note", str(pages.PLACE)))

    answer = save(write, {"gs-ticket": ticket, "gs-version": "0", "body": "van beer"})

    assert (answer.status_code, Draft.objects.count()) == (403, 0)


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00"])
def test_draft_without_a_true_ticket_is_refused(write, ticket):
    assert save(write, {"gs-ticket": ticket, "body": "x"}).status_code == 403


def test_second_window_cannot_overwrite(write):
    one, two = typed(write, "venster een"), typed(write, "venster twee")
    save(write, one)

    answer = save(write, two)

    assert answer.status_code == 409
    assert "ander venster" in answer.json()["message"]
    assert Draft.objects.get().values["body"] == "venster een"


def test_second_window_can_choose_its_own_text(write):
    one, two = typed(write, "venster een"), typed(write, "venster twee")
    save(write, one)

    answer = save(write, two, **{"gs-overwrite": "1"})

    assert (answer.json()["version"], Draft.objects.get().values["body"]) == (2, "venster twee")


def test_posting_removes_the_draft(write):
    data = typed(write, "hoi")
    save(write, data)

    write.post("/schrijf/", data)

    assert Draft.objects.count() == 0


def test_late_save_does_not_bring_back_what_was_posted(write):
    data = typed(write, "hoi")
    write.post("/schrijf/", data)

    answer = save(write, data)

    assert (answer.json()["message"], Draft.objects.count()) == ("Dit bericht is al geplaatst.", 0)


def test_too_large_draft_is_refused(write):
    assert save(write, typed(write, "x" * (drafts.MAX_BYTES + 1))).status_code == 413


def test_purge_forgets_only_what_is_old(write, beer):
    with time_machine.travel(timezone.now() - timedelta(days=31), tick=False):
        drafts.save(Ticket(str(beer.pk), "/", "note", str(uuid.uuid4())), {"body": "oud"}, 0)
    save(write, typed(write, "nieuw"))
    Submission.objects.create(user=beer, key=uuid.uuid4())

    assert purge_text() == {"drafts": 1, "submissions": 0, "sealed": 0}
    assert Draft.objects.get().values["body"] == "nieuw"


# Logged out while typing.


def log_out(client):
    client.cookies.pop("sessionid")


def seal(client, text=CANARY):
    """Type, lose the log-in, post; return the page to which the log-in must lead back."""
    data = typed(client, text, title="Kop")
    log_out(client)
    answer = client.post("/schrijf/", data)
    assert answer.status_code == 302
    return (
        re.fullmatch(r"/account/login/\?next=(/schrijf/%3Fhersteld%3D[0-9a-f-]{36})", answer.url)[1]
        .replace("%3F", "?")
        .replace("%3D", "=")
    )


def test_logged_out_post_is_kept_and_restored(write, beer):
    back = seal(write)
    write.force_login(beer)

    page = write.get(back)

    assert pages.POSTED == []
    assert form_of(page) == form_of(page) | {"title": "Kop", "body": CANARY}
    assert note_on(page) == ["Je was te lang weg. Je tekst staat er nog."]


def test_restored_post_is_posted_once(write, beer):
    data = typed(write, "hoi")
    write.post("/schrijf/", data)  # the answer got lost
    log_out(write)
    back = write.post("/schrijf/", data).url.split("next=")[1].replace("%3F", "?").replace("%3D", "=")
    write.force_login(beer)

    answer = write.post("/schrijf/", form_of(write.get(back)))

    assert (answer.url, len(pages.POSTED)) == ("/klaar/1/", 1)


def test_sealed_post_is_unreadable_in_the_database(write):
    seal(write)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM groupspace_text_sealedpost")
        raw = bytes(cursor.fetchone()[0])
    assert CANARY.encode() not in raw
    assert b"Kop" not in raw


def test_sealed_post_stays_closed_for_another_person(write, vos):
    back = seal(write)
    write.force_login(vos)

    page = write.get(back)

    assert CANARY not in page.content.decode()
    assert note_on(page) == [
        "Deze tekst is er niet meer. We bewaren een tekst een half uur, alleen voor wie hem schreef."
    ]
    assert SealedPost.objects.count() == 1


def test_sealed_post_ends_after_half_an_hour(write, beer):
    back = seal(write)
    write.force_login(beer)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert CANARY not in write.get(back).content.decode()
        assert purge_text()["sealed"] == 1


def test_sealed_post_fails_closed(write, beer, settings):
    seal(write)
    row = SealedPost.objects.get()
    assert sealed.unseal(beer, str(row.pk), "note", pages.PLACE).values["body"] == CANARY
    changed = bytes(row.sealed[:-1]) + bytes([row.sealed[-1] ^ 1])

    assert sealed.unseal(beer, str(row.pk), "note", uuid.uuid4()) is None
    assert sealed.unseal(beer, str(uuid.uuid4()), "note", pages.PLACE) is None
    assert sealed.unseal(beer, "geen-uuid\x00", "note", pages.PLACE) is None
    SealedPost.objects.update(sealed=changed)
    assert sealed.unseal(beer, str(row.pk), "note", pages.PLACE) is None
    SealedPost.objects.update(sealed=bytes(row.sealed))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "nieuw" * 12
    assert sealed.unseal(beer, str(row.pk), "note", pages.PLACE).values["body"] == CANARY
    settings.SECRET_KEY_FALLBACKS = []
    assert sealed.unseal(beer, str(row.pk), "note", pages.PLACE) is None


def test_form_of_one_person_is_never_posted_by_another(write, vos):
    data = typed(write, CANARY)
    write.force_login(vos)

    answer = write.post("/schrijf/", data)

    assert (answer.status_code, pages.POSTED, SealedPost.objects.count()) == (403, [], 1)
    assert "ander account" in answer.content.decode()
    assert CANARY not in answer.content.decode()


def test_forged_ticket_seals_nothing(client):
    answer = client.post("/schrijf/", {"gs-ticket": "x:y:z", "body": "x"})

    assert (answer.status_code, SealedPost.objects.count()) == (302, 0)


def test_replaced_csrf_token_gives_the_text_back(beer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(beer)
    data = typed(client, CANARY) | {"csrfmiddlewaretoken": "a" * 64}

    answer = client.post("/schrijf/", data)
    page = client.get(answer.url)

    assert (answer.status_code, pages.POSTED) == (302, [])
    assert form_of(page)["body"] == CANARY
    assert note_on(page) == ["Je was te lang weg. Je tekst staat er nog."]
    assert client.post("/schrijf/", form_of(page)).url == "/klaar/1/"


def test_csrf_failure_without_a_form_of_ours_explains_calmly(beer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(beer)

    answer = client.post("/schrijf/", {"body": "x"})

    assert answer.status_code == 403
    assert "Ga terug, laad de pagina opnieuw" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()  # the reason is for programmers


# Bad input.


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "<p></p>", "\x00"])
def test_empty_text_is_asked_for_beside_the_field(write, text):
    answer = write.post("/schrijf/", typed(write, text, **{"body-format": "html", "title": "Kop"}))

    assert "Schrijf eerst iets." in answer.content.decode()
    assert form_of(answer)["title"] == "Kop"


def test_too_long_text_stays_in_the_form(write):
    answer = write.post("/schrijf/", typed(write, "x" * 203))

    assert "Je tekst is 3 tekens te lang. Er passen er 200 in." in answer.content.decode()
    assert form_of(answer)["body"] == "x" * 203


@pytest.mark.parametrize("version", ["-1", "x", "9" * 400, "²", "\x00", "1.5"])
def test_odd_version_is_no_error(write, version):
    assert write.post("/schrijf/", typed(write, "", **{"gs-version": version})).status_code == 200
    assert save(write, typed(write, "x", **{"gs-version": version})).status_code in (200, 409)


def test_sending_a_form_for_ever_fills_no_table(beer):
    ticket = Ticket(str(beer.pk), "/schrijf/", "reply", str(uuid.uuid4()))

    for number in range(sealed.MOST + 5):
        last = sealed.seal(ticket, QueryDict(f"body=Tekst {number}"))

    assert SealedPost.objects.count() == sealed.MOST
    assert sealed.unseal(beer, str(last.pk), ticket.kind, ticket.object_id).values == {"body": "Tekst 24"}
