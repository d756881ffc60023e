"""The forms for visitors: what is kept, what is refused with all of it kept, and what is kept once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledgebase.contact import receipts
from knowledgebase.contact.models import ContactPage, Kind, Message, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", Kind.values)
def test_form_keeps_message_and_gives_number_and_code(send: Any, kind: str) -> None:
    client = Client()
    response = send(kind, client)
    message = Message.objects.get()
    thanks = client.get(response["Location"])

    assert response.status_code == 302
    assert (message.kind, message.state) == (kind, State.RECEIVED)
    assert message.code in thanks.content.decode()
    assert message.reference in thanks.content.decode()
    assert "no-store" in thanks["Cache-Control"]
    assert "kanarie" not in thanks.content.decode()
    assert message.code not in response["Location"]


def test_promises_of_page_stay_with_message(send: Any, make_page: Any) -> None:
    page = make_page(Kind.QUESTION)
    ContactPage.objects.filter(pk=page.pk).update(answer_days=3, keep_days=10)
    send(Kind.QUESTION)
    message = Message.objects.get()

    assert message.due_on == timezone.localdate() + dt.timedelta(days=3)
    assert message.keep_days == 10


def test_notice_is_kept_for_as_long_as_somebody_may_object(send: Any, make_page: Any, client: Client) -> None:
    page = make_page(Kind.NOTICE)
    ContactPage.objects.filter(pk=page.pk).update(keep_days=30)

    assert "184 dagen na ons antwoord" in client.get(page.url).content.decode()
    send(Kind.NOTICE)
    assert Message.objects.get().keep_days == 184


def test_receipt_address_works_for_a_quarter_of_an_hour(send: Any, time_machine: Any) -> None:
    where = send(Kind.QUESTION)["Location"]
    message = Message.objects.get()
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))
    late = Client().get(where).content.decode()

    assert message.code not in late
    assert "staan hier niet meer" in late


@pytest.mark.parametrize("slip", ["", "x", "a:b:c", "%00", "é"])
def test_odd_receipts_show_thanks_without_code(make_page: Any, slip: str) -> None:
    response = Client().get(make_page(Kind.QUESTION).url, {"klaar": "1", "bon": slip})

    assert response.status_code == 200
    assert response.context["receipt"] is None


def test_same_ticket_is_kept_once_and_thanked_again(send: Any, make_page: Any, mailoutbox: list[Any]) -> None:
    page = make_page(Kind.QUESTION)
    client = Client()
    ticket = client.get(page.url).context["form"]["ticket"].value()
    data = {"ticket": str(ticket), "text": "Een vraag", "email": "ik@voorbeeld.nl"}
    answers = [client.post(page.url, data) for _turn in range(3)]

    assert [answer.status_code for answer in answers] == [302] * 3
    assert Message.objects.count() == 1
    assert len(mailoutbox) == 1
    code = Message.objects.get().code
    assert all(code in client.get(answer["Location"]).content.decode() for answer in answers)


@pytest.mark.parametrize("kind", Kind.values)
def test_ten_thousand_characters_are_refused_and_kept_on_screen(send: Any, kind: str) -> None:
    long = "é<b>&" * 2000
    response = send(kind, text=long)

    assert response.status_code == 422
    assert Message.objects.count() == 0
    assert response.context["form"]["text"].value() == long
    assert "Er passen 5000 tekens in, nu zijn het er 10000." in response.content.decode()
    assert "maxlength" not in str(response.context["form"]["text"])


def test_odd_characters_come_out_as_people_see_them(send: Any) -> None:
    send(Kind.QUESTION, text="\u202eomge\x00keerd\x07 🙂👩‍👩‍👧\r\nregel twee", name="  An\nna ")
    message = Message.objects.get()
    assert message.text == "omgekeerd 🙂👩‍👩‍👧\nregel twee"
    assert message.name == "An na"


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200b", "\u202e", "\x07"])
def test_invisible_text_counts_as_empty(send: Any, blank: str) -> None:
    response = send(Kind.QUESTION, text=blank)

    assert response.status_code == 422
    assert Message.objects.count() == 0


def test_robot_is_thanked_and_not_kept(send: Any) -> None:
    response = send(Kind.QUESTION, website="https://koop.example")

    assert response.status_code == 302
    assert Message.objects.count() == 0


def test_flood_is_refused_with_text_kept(send: Any, settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "VISITORS_PACE": ((60, 2),)}
    send(Kind.QUESTION)
    send(Kind.QUESTION)
    response = send(Kind.QUESTION, text="kanarie-derde")

    assert response.status_code == 422
    assert "Wacht een kwartier" in response.content.decode()
    assert "kanarie-derde" in response.content.decode()
    assert Message.objects.count() == 2
    assert send(Kind.NOTICE).status_code == 302  # one full form does not close another


def test_ticket_of_somebody_else_is_no_ticket(send: Any) -> None:
    response = send(Kind.QUESTION, ticket="geen-nummer")

    assert response.status_code == 422
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": "illegal"}, "name"),
        ({"subject": "illegal", "name": "Bo"}, "email"),
        ({"subject": "illegal", "name": "Bo", "email": "geen adres"}, "email"),
        ({"subject": "rules", "place": ""}, "place"),
        ({"place": "https://ander.example/pad"}, "place"),
        ({"place": "http://[kapot"}, "place"),
        ({"good_faith": ""}, "good_faith"),
        ({"subject": "verzonnen"}, "subject"),
    ],
)
def test_notice_says_what_is_missing(send: Any, changes: dict[str, str], field: str) -> None:
    response = send(Kind.NOTICE, **changes)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "kanarie-melding" in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "child_abuse"},
        {"subject": "illegal", "name": "Bo", "email": "bo@voorbeeld.nl", "place": "http://testserver/lees/"},
        {"subject": "service", "place": ""},
    ],
)
def test_notice_is_kept_without_asking_more_than_the_law(send: Any, changes: dict[str, str]) -> None:
    assert send(Kind.NOTICE, **changes).status_code == 302
    assert Message.objects.get().subject == changes["subject"]


def test_receipt_is_mailed_without_what_was_typed(send: Any, mailoutbox: list[Any]) -> None:
    send(Kind.QUESTION, email="ik@voorbeeld.nl")
    message = Message.objects.get()

    assert mailoutbox[0].to == ["ik@voorbeeld.nl"]
    assert message.code in mailoutbox[0].body
    assert "/bericht/" in mailoutbox[0].body
    assert "kanarie" not in mailoutbox[0].subject + mailoutbox[0].body


def test_form_page_is_never_kept_for_others(make_page: Any) -> None:
    response = Client().get(make_page(Kind.NOTICE).url)

    assert "no-store" in response["Cache-Control"]
    assert not getattr(response, "public_cacheable", False)


def test_slip_of_deleted_message_is_empty(send: Any) -> None:
    send(Kind.QUESTION)
    slip = receipts.make(Message.objects.get())
    Message.objects.all().delete()

    assert receipts.read(slip) is None
