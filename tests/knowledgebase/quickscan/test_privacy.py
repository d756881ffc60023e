"""What organisations answer reaches staff with the right, loose from who answered; and nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from home.staff import BEHEER, REDACTIE
from knowledgebase.quickscan import actions
from knowledgebase.quickscan.models import Code, Entry, Outcome, QuickScanPage, Response, ScanVersion
from tests.cast import make_professional, make_user
from tests.home.conftest import make_staff
from tests.logged_in import logged_in

from .scans import address, answer, answer_all, begin, make_scan

pytestmark = pytest.mark.django_db

SECRET = "Kanarieantwoord5521"
ORGANISATION = "Kanariestichting5522"

STRANGERS: dict[str, Callable[[], Client]] = {
    "visitor": Client,
    "client": lambda: logged_in(make_user()),
    "professional": lambda: logged_in(make_professional(), verified=True),
    "editor": lambda: make_staff("redacteur", REDACTIE),
    "manager": lambda: make_staff("beheerder", BEHEER),
    "operator": lambda: make_staff("operator", None, is_superuser=True),
}


def leaks(response: Any) -> bool:
    everything = response.content.decode("utf-8", "replace") + str(response.headers)
    return SECRET in everything or ORGANISATION in everything


def unsent(page: QuickScanPage) -> Entry:
    [(_organisation, code)] = actions.hand_out(None, page, [ORGANISATION])
    client = Client()
    entry = begin(client, page, code=code)
    answer_all(client, entry, slot=SECRET)
    assert SECRET in client.get(address("send", entry.pk)).content.decode()  # the control
    return entry


def sent(page: QuickScanPage) -> Entry:
    entry = unsent(page)
    assert actions.send(entry)
    return entry


@pytest.fixture
def coded(db: None) -> QuickScanPage:
    return make_scan(entrance="code", slug="met-code")


@pytest.mark.parametrize("who", sorted(STRANGERS))
def test_strangers_do_not_find_answers(who: str, coded: QuickScanPage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    entry, client = unsent(coded), STRANGERS[who]()
    urls = [address("entry", entry.pk), address("question", entry.pk, "slot"), address("send", entry.pk)]
    urls.append(address("open", entry.pk, "0" * 64))

    for url in urls:
        for method in ("get", "head", "post"):
            response = getattr(client, method)(url)
            assert response.status_code in ((404, 405) if "verder" in url else (404,)), (method, url)
            assert not leaks(response)
            if response.status_code == 404:
                assert "no-store" in response["Cache-Control"]
    actions.send(entry)
    for url in (*urls[:3], coded.url, "/", "/sitemap.xml", address("start", coded.translation_key)):
        assert not leaks(client.get(url, follow=True)), url
    assert not leaks(client.get("/zoeken/", {"q": "Kanarie"}))
    assert SECRET not in caplog.text


@pytest.mark.parametrize("who", ["visitor", "client", "professional", "without"])
def test_results_and_codes_are_for_staff_with_the_right(who: str, coded: QuickScanPage) -> None:
    sent(coded)
    client = STRANGERS[who]() if who in STRANGERS else make_editor_without_the_right()
    pk = Code.objects.get().pk

    for url in (
        reverse("knowledgebase_quickscan_list"),
        reverse("knowledgebase_quickscan_scan", args=[coded.pk]),
        reverse("knowledgebase_quickscan_codes", args=[coded.pk]),
        reverse("knowledgebase_quickscan_withdraw", args=[pk]),
    ):
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            assert response.status_code in (302, 403, 404, 405), (method, url)
            assert not leaks(response)
    if who == "without":
        home = client.get(reverse("wagtailadmin_home"))
        assert home.status_code == 200
        assert reverse("knowledgebase_quickscan_list") not in home.content.decode()
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[coded.pk]))
        assert edit.status_code == 200
        assert not leaks(edit)


def make_editor_without_the_right() -> Client:
    """An editor who writes pages, but may not see what organisations answered."""
    from django.contrib.auth.models import Group, Permission

    Group.objects.get(name=REDACTIE).permissions.remove(Permission.objects.get(codename="view_response"))
    return make_staff("zonder", REDACTIE)


@pytest.mark.parametrize("who", ["editor", "manager", "operator"])
def test_staff_do_not_see_what_was_not_sent(who: str, coded: QuickScanPage) -> None:
    unsent(coded)
    client = STRANGERS[who]()

    response = client.get(reverse("knowledgebase_quickscan_scan", args=[coded.pk]))
    assert ORGANISATION in response.content.decode()
    assert SECRET not in response.content.decode()


def test_what_was_sent_does_not_know_who_sent_it(coded: QuickScanPage) -> None:
    entry = sent(coded)

    assert {field.name for field in Response._meta.get_fields()} == {"id", "version", "answers", "month"}
    response = Response.objects.get()
    assert response.month.day == 1
    assert response.pk != entry.pk
    entry.refresh_from_db()
    assert entry.typed == {}
    assert str(response.pk) not in repr(list(Entry.objects.values_list())) + repr(list(Code.objects.values_list()))


def test_only_their_own_tables_hold_what_was_typed(coded: QuickScanPage) -> None:
    sent(coded)
    unsent(make_scan(entrance="code", slug="tweede"))

    for model in apps.get_models():
        if model in {Entry, Response, Code} or not model._meta.managed:
            continue
        rows = "".join(repr(row) for row in model._default_manager.values_list())
        assert SECRET not in rows, model._meta.label
        assert ORGANISATION not in rows, model._meta.label
    assert not any(SECRET in repr(value) for value in getattr(cache, "_cache", {}).values())
    assert not mail.outbox


def test_nothing_indexes_answers() -> None:
    from wagtail.models import ReferenceIndex
    from wagtail.search.index import get_indexed_models
    from wagtail.snippets.models import get_snippet_models

    for model in (Code, Entry, Outcome, Response, ScanVersion):
        assert not ReferenceIndex.model_is_indexable(model)
        assert model not in get_indexed_models()
        assert model not in get_snippet_models()


def test_one_cookie_for_these_answers_alone_and_it_goes_with_sending(coded: QuickScanPage) -> None:
    page = make_scan(slug="open")
    client = Client()
    entry = begin(client, page)

    own = [cookie for name, cookie in client.cookies.items() if name.startswith("scan-")]
    assert len(own) == 1
    assert own[0]["path"] == address("entry", entry.pk)
    assert own[0]["httponly"]
    assert own[0]["samesite"] == "Lax"
    assert not own[0]["expires"]  # until the browser closes
    assert not own[0]["max-age"]
    assert client.cookies.keys() <= {own[0].key, "csrftoken"}
    answer_all(client, entry)
    response = client.post(address("send", entry.pk))
    assert response.cookies[own[0].key]["max-age"] == 0


def test_database_alone_does_not_open_answers(page: QuickScanPage) -> None:
    entry = begin(Client(), page)

    assert entry.key not in repr(list(Entry.objects.values_list()))
    assert Client().get(address("open", entry.pk, str(entry.ticket))).status_code == 404


def test_key_of_other_answers_opens_nothing(page: QuickScanPage) -> None:
    mine, theirs = Client(), Client()
    own, other = begin(mine, page), begin(theirs, page)
    answer(theirs, other, "slot", SECRET)

    assert mine.get(address("open", other.pk, own.key)).status_code == 404
    assert not leaks(mine.get(address("question", other.pk, "slot")))


def test_code_is_kept_as_a_hash(coded: QuickScanPage) -> None:
    [(_organisation, code)] = actions.hand_out(None, coded, [ORGANISATION])

    rows = repr(list(Code.objects.values_list()))
    assert code not in rows
    assert code.replace("-", "") not in rows
