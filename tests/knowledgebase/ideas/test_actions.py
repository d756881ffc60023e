"""What staff do with ideas, and what who asked for mail hears of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import FieldError, PermissionDenied, ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from knowledgebase.ideas import actions
from knowledgebase.ideas.models import Address, Criterion, Entry, Idea, Score, Selection, Status
from users.models import User

from .conftest import WORDS, make_idea

pytestmark = pytest.mark.django_db


def test_entry_becomes_idea_in_words_of_staff(idea: Idea, entry: Entry) -> None:
    entry.refresh_from_db()

    assert (entry.state, entry.idea) == (Entry.State.JOINED, idea)
    assert [(change.status, bool(change.reason)) for change in idea.history] == [(Status.RECEIVED, True)]
    assert "kanarie" not in " ".join(map(str, (idea.title, idea.text, idea.for_whom)))


def test_several_entries_are_one_idea(send: Any, idea: Idea, staff: User) -> None:
    send(would_join="maybe")
    second = Entry.objects.get(state=Entry.State.NEW)
    actions.join(staff, second, idea)
    counted = Idea.objects.with_demand().get()

    assert (counted.asked, counted.joiners, counted.supports) == (2, 1, 0)
    with pytest.raises(ValidationError, match="al afgehandeld"):
        actions.join(staff, second, idea)


@pytest.mark.parametrize("words", [{"title": ""}, {"text": ""}, {"title": "x" * 121}, {"region": "belgië"}])
def test_idea_without_good_words_is_refused(entry: Entry, staff: User, words: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        actions.word(staff, entry, **{**WORDS, **words})
    assert Idea.objects.count() == 0
    assert Entry.objects.get().state == Entry.State.NEW


def test_change_of_status_tells_neutrally_and_forgets_address_at_the_end(
    idea: Idea, staff: User, mailoutbox: list[Any]
) -> None:
    actions.change_status(staff, idea, Status.CONSIDERED, "We bekijken het.")
    assert Address.objects.count() == 1
    actions.change_status(staff, idea, Status.NOT_NOW, "Geen geld dit jaar.")

    assert Address.objects.count() == 0
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        assert mail.subject == "Er is iets nieuws"
        for word in (idea.title, "Mantelzorg", "bekijken", "geld", "kanarie-probleem", "behandelaar"):
            assert word not in mail.body
    assert "Wis je adres hier" in mailoutbox[0].body
    assert "laatste mail" in mailoutbox[1].body


def test_line_in_mail_ends_the_mails(idea: Idea, staff: User, mailoutbox: list[Any]) -> None:
    actions.change_status(staff, idea, Status.PARKED, "Later.")
    where = re.search(r"http\S+/idee/geen-mail/\S+", mailoutbox[0].body)[0].split("8000")[-1]
    client = Client()

    assert "Wis mijn adres" in client.get(where).content.decode()
    assert Address.objects.count() == 1  # a mail program that looks at links changes nothing
    assert "niet (meer)" in client.post(where).content.decode()
    assert Address.objects.count() == 0
    assert client.get(where).status_code == client.post(where).status_code == 200  # used before
    assert client.get("/idee/geen-mail/verzonnen/").status_code == 200
    actions.change_status(staff, idea, Status.CONSIDERED, "Nu wel.")
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("status", "reason"), [("verzonnen", "Omdat."), (Status.PARKED, "  "), (Status.GROUP, "Ja.")])
def test_status_needs_a_reason_and_a_group_a_choice(idea: Idea, staff: User, status: str, reason: str) -> None:
    with pytest.raises(ValidationError):
        actions.change_status(staff, idea, status, reason)
    assert Idea.objects.get().status == Status.RECEIVED


def test_same_status_twice_is_one_line_and_one_mail(idea: Idea, staff: User, mailoutbox: list[Any]) -> None:
    for _turn in range(2):
        actions.change_status(staff, idea, Status.CONSIDERED, "We bekijken het.")

    assert idea.changes.count() == 2
    assert len(mailoutbox) == 1


def test_choice_keeps_why_and_what_stood_beside(idea: Idea, staff: User, mailoutbox: list[Any]) -> None:
    other = make_idea("Ander idee", demand=40)
    actions.score(staff, idea, {Criterion.BROAD: (3, "Veel mensen"), Criterion.RISK: (None, "")})
    actions.choose(
        staff,
        idea,
        reason="Hoogste score.",
        public_reason="Veel mensen vroegen erom.",
        beside=[other],
        group_label="Proefgroep",
        pilot_ends_on=timezone.localdate() + dt.timedelta(days=90),
    )
    selection = Selection.objects.get()
    Score.objects.all().delete()
    page = Client().get(idea.get_absolute_url()).content.decode()

    assert (selection.by, selection.reason) == (staff, "Hoogste score.")
    assert [row["title"] for row in selection.compared] == [idea.title, "Ander idee"]
    assert selection.compared[0]["scores"] == {"broad": [3, "Veel mensen"]}
    assert Idea.objects.get(pk=idea.pk).status == Status.GROUP
    assert "Proefgroep" in page
    assert "Veel mensen vroegen erom." in page
    assert "Hoogste score." not in page
    assert len(mailoutbox) == 1
    assert Address.objects.count() == 0
    with pytest.raises(ValidationError, match="al gekozen"):
        actions.choose(staff, idea, reason="Nog eens.", public_reason="Nog eens.")


def test_failed_choice_leaves_nothing_behind(idea: Idea, staff: User) -> None:
    with pytest.raises(ValidationError):
        actions.choose(staff, idea, reason="Ja.", public_reason=" ", group_label="Groep")

    assert Selection.objects.count() == 0
    assert Idea.objects.get().group_label == ""


def test_log_is_never_changed(idea: Idea, staff: User) -> None:
    line = idea.history[0]
    line.reason = "Iets anders"

    with pytest.raises(FieldError):
        line.save()
    with pytest.raises(ProtectedError):
        idea.delete()


def test_answer_to_what_is_no_idea_goes_by_mail_and_forgets_address(
    entry: Entry, staff: User, mailoutbox: list[Any]
) -> None:
    actions.set_aside(staff, entry, "Stel je vraag bij Contact.")

    assert Entry.objects.get().state == Entry.State.ASIDE
    assert "Stel je vraag bij Contact." in mailoutbox[0].body
    assert "kanarie-probleem" not in mailoutbox[0].body
    assert Address.objects.count() == 0


@pytest.mark.parametrize("action", ["word", "join", "set_aside", "reword", "change_status", "choose", "score"])
def test_only_who_may_handle_ideas_does(idea: Idea, send: Any, action: str) -> None:
    send()
    fresh = Entry.objects.get(state=Entry.State.NEW)
    outsider = User.objects.create_user("andere-redacteur")
    call = {
        "word": lambda: actions.word(outsider, fresh, **WORDS),
        "join": lambda: actions.join(outsider, fresh, idea),
        "set_aside": lambda: actions.set_aside(outsider, fresh),
        "reword": lambda: actions.reword(outsider, idea, title="Anders"),
        "change_status": lambda: actions.change_status(outsider, idea, Status.PARKED, "Later."),
        "choose": lambda: actions.choose(outsider, idea, reason="Ja.", public_reason="Ja."),
        "score": lambda: actions.score(outsider, idea, {Criterion.RISK: (1, "")}),
    }[action]

    with pytest.raises(PermissionDenied):
        call()
    assert Idea.objects.get(pk=idea.pk).status == Status.RECEIVED
    assert Entry.objects.get(pk=fresh.pk).state == Entry.State.NEW


def test_typed_words_and_address_go_after_the_promised_months(idea: Idea, entry: Entry, time_machine: Any) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=359))
    call_command("purge_ideas")
    assert (Address.objects.count(), Entry.objects.get().is_emptied) == (1, False)

    time_machine.move_to(timezone.now() + dt.timedelta(days=1))
    call_command("purge_ideas")
    kept = Entry.objects.get()
    assert (kept.problem, kept.for_whom, kept.region) == ("", "", "")
    assert kept.idea == idea
    assert Address.objects.count() == 0
    assert Idea.objects.with_demand().get().asked == 1
