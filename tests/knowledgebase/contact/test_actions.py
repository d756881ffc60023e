"""What staff do with a message, and what its sender reads of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import FieldError, PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace.notify import periodic
from knowledgebase.contact import actions
from knowledgebase.contact.models import Kind, Message, State, Step
from users.models import User

pytestmark = pytest.mark.django_db

DECIDED = {"decision": "removed", "redress": "Ga naar de rechter."}


@pytest.fixture
def question(send: Any) -> Message:
    send(Kind.QUESTION, email="ik@voorbeeld.nl")
    return Message.objects.get(kind=Kind.QUESTION)


@pytest.fixture
def notice(send: Any) -> Message:
    send(Kind.NOTICE, email="melder@voorbeeld.nl")
    return Message.objects.get(kind=Kind.NOTICE)


def follow(code: str, **data: str) -> Any:
    return Client().post(reverse("knowledgebase_contact:follow"), {"code": code, **data})


def test_answer_reaches_sender_by_mail_and_on_page(question: Message, staff: User, mailoutbox: list[Any]) -> None:
    actions.take(staff, question)
    actions.answer(staff, question, "Ja, dat kan.", note="kanarie-notitie")
    page = follow(question.code).content.decode()

    assert Message.objects.get().state == State.ANSWERED
    assert "Ja, dat kan." in mailoutbox[-1].body
    assert "Ja, dat kan." in page
    for told in (page, mailoutbox[-1].body):
        assert "kanarie-notitie" not in told
        assert "behandelaar" not in told
        assert "kanarie-vraag" not in told


def test_message_without_address_sends_no_mail(send: Any, staff: User, mailoutbox: list[Any]) -> None:
    send(Kind.QUESTION)
    actions.answer(staff, Message.objects.get(), "Ja.")

    assert mailoutbox == []


@pytest.mark.parametrize("action", ["take", "answer", "close"])
def test_only_who_may_handle_messages_does(question: Message, action: str) -> None:
    outsider = User.objects.create_user("andere-redacteur")
    rest = {"take": (), "answer": ("Nee.",), "close": ("Weg.",)}[action]

    with pytest.raises(PermissionDenied):
        getattr(actions, action)(outsider, question, *rest)
    assert Message.objects.get().state == State.RECEIVED


def test_second_answer_of_a_colleague_is_refused(question: Message, staff: User, colleague: User) -> None:
    actions.answer(staff, question, "Ja.")

    with pytest.raises(ValidationError, match="al afgehandeld"):
        actions.answer(colleague, question, "Nee.")


@pytest.mark.parametrize("missing", [{"decision": ""}, {"redress": " "}, {"decision": "verzonnen"}])
def test_notice_needs_decision_and_redress(notice: Message, staff: User, missing: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        actions.answer(staff, notice, "Omdat.", **{**DECIDED, **missing})
    assert Message.objects.get().state == State.RECEIVED


def test_notice_is_never_closed_without_decision(notice: Message, staff: User) -> None:
    with pytest.raises(ValidationError, match="besluit"):
        actions.close(staff, notice, "Reclame.")


def test_objection_is_decided_by_somebody_else(notice: Message, staff: User, colleague: User) -> None:
    actions.answer(staff, notice, "Het blijft.", decision="kept", redress="Zeg het hier.")
    first = follow(notice.code, objection="Kijk nog eens.")
    again = follow(notice.code, objection="Kijk nog eens.")
    message = Message.objects.get()

    assert (first.status_code, again.status_code) == (200, 200)
    assert (message.state, message.handler, message.delete_on) == (State.RECEIVED, None, None)
    assert sum(step.is_objection for step in message.history) == 1
    with pytest.raises(ValidationError, match="Laat een collega"):
        actions.answer(staff, message, "Nog steeds.", **DECIDED)
    actions.answer(colleague, message, "Toch weg.", **DECIDED)
    assert not Message.objects.get().may_object
    assert follow(notice.code, objection="Nog eens.").status_code == 422


@pytest.mark.parametrize(("text", "said"), [("", "Schrijf waarom"), ("x" * 10_000, "te lang")])
def test_odd_objection_is_refused_with_text_kept(notice: Message, staff: User, text: str, said: str) -> None:
    actions.answer(staff, notice, "Het blijft.", **DECIDED)
    response = follow(notice.code, objection=text)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert text in response.content.decode()


def test_question_takes_no_objection(question: Message, staff: User) -> None:
    actions.answer(staff, question, "Ja.")

    assert follow(question.code, objection="Toch niet.").status_code == 422


def test_code_is_needed_whole_and_written_in_any_way(question: Message) -> None:
    good = [question.code, question.code.lower(), question.code.replace("-", " "), f" {question.code}\n"]
    bad = [question.reference, question.code[:-1], f"{question.reference}-222222-222222", "x", "🙂" * 50, "a" * 5000]

    assert all(actions.find(code) == question for code in good)
    assert not any(actions.find(code) for code in bad)
    assert follow("niets").status_code == 422
    assert "no-store" in follow(question.code)["Cache-Control"]


def test_page_of_code_tells_nothing_in_title(question: Message) -> None:
    page = follow(question.code).content.decode()

    assert "<title>" in page
    assert "ericht" not in page[page.index("<title>") : page.index("</title>")]


def test_handled_messages_go_after_the_promised_days(send: Any, staff: User, time_machine: Any) -> None:
    for text in ("beantwoord", "gesloten", "open"):
        send(Kind.QUESTION, text=text)
    actions.answer(staff, Message.objects.get(text="beantwoord"), "Ja.")
    actions.close(staff, Message.objects.get(text="gesloten"), "Gebeld.")
    time_machine.move_to(timezone.now() + dt.timedelta(days=89))
    call_command("purge_visitor_messages")
    assert Message.objects.count() == 3

    time_machine.shift(dt.timedelta(days=1))
    call_command("purge_visitor_messages")
    assert Message.objects.get().text == "open"
    assert set(Step.objects.values_list("message__text", flat=True)) == {"open"}


def test_messages_that_nobody_answers_stand_out_and_go_too(send: Any, staff: User, time_machine: Any) -> None:
    for kind in (Kind.QUESTION, Kind.INTEREST, Kind.NOTICE):
        send(kind)
    Message.objects.update(due_on=timezone.localdate() + dt.timedelta(days=60))
    actions.take(staff, Message.objects.get(kind=Kind.INTEREST))
    now = timezone.now()

    def after(days: int) -> set[str]:
        time_machine.move_to(now + dt.timedelta(days=days))
        call_command("purge_visitor_messages")
        return set(Message.objects.values_list("kind", flat=True))

    assert after(13) == set(Kind.values)
    assert not any(message.waits_long for message in Message.objects.all())
    assert after(15) == set(Kind.values)
    assert all(message.waits_long for message in Message.objects.all())
    assert after(364) == set(Kind.values)
    assert after(366) == {Kind.NOTICE}
    assert after(5 * 365 - 1) == {Kind.NOTICE}
    assert after(5 * 365 + 1) == set()
    assert not Step.objects.exists()


def test_form_sent_again_much_later_opens_nothing(make_page: Any, time_machine: Any) -> None:
    page, client = make_page(Kind.QUESTION), Client()
    data = {"ticket": str(client.get(page.url).context["form"]["ticket"].value()), "text": "kanarie-vraag"}
    code = client.get(client.post(page.url, data)["Location"]).context["receipt"].code
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=20))
    answer = client.get(client.post(page.url, data)["Location"])

    assert Message.objects.count() == 1
    assert answer.context["receipt"] is None
    assert code not in answer.content.decode()


def test_step_is_written_once(question: Message) -> None:
    step = question.history[0]
    step.note = "anders"

    with pytest.raises(FieldError):
        step.save()


def test_worker_keeps_the_promises_of_the_forms() -> None:
    assert {"contact.purge", "ideas.purge"} <= set(periodic._table)
