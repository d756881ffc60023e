"""The screens of the CMS for messages: who sees what, and what staff can do there."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.staff import BEHEER, REDACTIE
from knowledgebase.contact.models import Kind, Message, State
from tests.home.conftest import make_staff

pytestmark = pytest.mark.django_db

LIST = "knowledgebase_contact_list"
INTEREST = "knowledgebase_contact_interest"


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


@pytest.fixture
def other_editor(db: None) -> Client:
    """Somebody who works in the CMS, and not on messages."""
    group = Group.objects.create(name="Alleen schrijven")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return make_staff("schrijver", "Alleen schrijven")


def test_lists_show_each_its_own_kind_without_what_was_typed(redactie: Client, send: Any) -> None:
    for kind in Kind.values:
        send(kind)
    messages = redactie.get(reverse(LIST)).content.decode()
    interest = redactie.get(reverse(INTEREST)).content.decode()
    numbers = dict(Message.objects.values_list("kind", "reference"))

    assert numbers[Kind.QUESTION] in messages
    assert numbers[Kind.NOTICE] in messages
    assert numbers[Kind.INTEREST] not in messages
    assert "=kanarie-organisatie" in interest
    assert "kanarie" not in messages


def test_filters_narrow_the_list(redactie: Client, send: Any) -> None:
    send(Kind.QUESTION)
    send(Kind.NOTICE)
    text = redactie.get(reverse(f"{LIST}_results"), {"kind": Kind.NOTICE}).content.decode()
    numbers = dict(Message.objects.values_list("kind", "reference"))

    assert numbers[Kind.NOTICE] in text
    assert numbers[Kind.QUESTION] not in text


@pytest.mark.parametrize("data", [{"state": "verzonnen"}, {"p": "999"}, {"ordering": "secret"}, {"kind": "%00"}])
def test_odd_filters_are_harmless(redactie: Client, send: Any, data: dict[str, str]) -> None:
    send(Kind.QUESTION)

    assert redactie.get(reverse(LIST), data).status_code == 200


def test_export_of_institutions_holds_no_formulas(redactie: Client, send: Any) -> None:
    send(Kind.INTEREST)
    send(Kind.QUESTION)
    response = redactie.get(reverse(INTEREST), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))

    assert len(rows) == 2
    assert rows[0][2] == "Organisatie"
    assert rows[1][2] == "'=kanarie-organisatie"
    assert redactie.get(reverse(INTEREST), {"export": "xlsx"}).status_code == 200


def test_screen_answers_and_shows_history(redactie: Client, send: Any, mailoutbox: list[Any]) -> None:
    send(Kind.QUESTION, email="ik@voorbeeld.nl")
    message = Message.objects.get()
    url = reverse("knowledgebase_contact_message", args=[message.pk])
    page = redactie.get(url).content.decode()

    assert "kanarie-vraag" in page
    assert message.secret not in page
    assert redactie.post(url, {"action": "take"}).status_code == 302
    assert redactie.post(url, {"action": "take"}).status_code == 302  # pressed twice
    empty = redactie.post(url, {"action": "answer", "text": "", "note": "kanarie-notitie"})
    assert empty.status_code == 422
    assert "kanarie-notitie" in empty.content.decode()
    assert redactie.post(url, {"action": "answer", "text": "Ja, dat kan."}).status_code == 302
    again = redactie.post(url, {"action": "answer", "text": "Nog eens."})
    assert again.status_code == 422
    assert Message.objects.get().state == State.ANSWERED
    assert len(mailoutbox) == 2
    assert "Ja, dat kan." in redactie.get(url).content.decode()


def test_screen_closes_without_answer(redactie: Client, send: Any) -> None:
    send(Kind.QUESTION)
    url = reverse("knowledgebase_contact_message", args=[Message.objects.get().pk])

    assert redactie.post(url, {"action": "close", "close-note": ""}).status_code == 422
    assert redactie.post(url, {"action": "close", "close-note": "Reclame"}).status_code == 302
    assert Message.objects.get().state == State.CLOSED


def test_notice_is_decided_and_its_place_is_no_link(redactie: Client, send: Any) -> None:
    send(Kind.NOTICE, place="/groep/0190aaaa-0000-7000-8000-000000000000/")
    url = reverse("knowledgebase_contact_message", args=[Message.objects.get().pk])
    page = redactie.get(url).content.decode()

    assert "/groep/0190aaaa" in page
    assert 'href="/groep/0190aaaa' not in page
    assert "Daar kun je niet in" in page
    data = {"action": "answer", "decision": "kept", "text": "Het mag.", "redress": "Zeg het hier."}
    assert redactie.post(url, {**data, "decision": ""}).status_code == 422
    assert redactie.post(url, data).status_code == 302


@pytest.mark.parametrize("what", ["get", "post"])
def test_editor_without_the_right_sees_nothing(other_editor: Client, send: Any, what: str) -> None:
    for kind in Kind.values:
        send(kind)
    urls = [reverse(name) for name in (LIST, f"{LIST}_results", INTEREST, f"{INTEREST}_results")]
    urls += [reverse("knowledgebase_contact_message", args=[pk]) for pk in Message.objects.values_list("pk", flat=True)]
    for url in urls:
        response = getattr(other_editor, what)(url, {"action": "close", "close-note": "x", "export": "csv"})
        assert response.status_code in (302, 403)
        assert b"kanarie" not in response.content
    menu = other_editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "van-bezoekers/berichten" not in menu
    assert set(Message.objects.values_list("state", flat=True)) == {State.RECEIVED}


@pytest.mark.parametrize("group", [REDACTIE, BEHEER])
def test_both_groups_of_staff_find_it_in_the_menu(group: str) -> None:
    menu = make_staff("iemand", group).get(reverse("wagtailadmin_home")).content.decode()

    assert "Van bezoekers" in menu
    assert "van-bezoekers/berichten" in menu


def test_visitor_is_sent_to_the_log_in(send: Any) -> None:
    response = Client().get(reverse(LIST))

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_nothing_of_it_is_in_the_log_of_the_cms_or_on_the_site(redactie: Client, send: Any) -> None:
    for kind in Kind.values:
        send(kind)
        message = Message.objects.get(kind=kind)
        redactie.get(reverse("knowledgebase_contact_message", args=[message.pk]))
    pages = ["/", reverse("sitemap"), reverse("knowledgebase:search") + "?q=kanarie-melding+kanarie-vraag"]

    assert not ModelLogEntry.objects.filter(content_type__app_label="knowledgebase_contact").exists()
    for page in pages:
        text = Client().get(page).content.decode().replace("kanarie-melding kanarie-vraag", "")
        assert "kanarie" not in text
