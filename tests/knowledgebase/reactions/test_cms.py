"""The screens of the CMS: placing and refusing, with a reason, without changing a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.staff import BEHEER
from knowledgebase.reactions import actions, demo
from knowledgebase.reactions.models import Reaction, State
from knowledgebase.reactions.purge import purge_refused
from tests.home.conftest import make_staff
from users.models import User

from .conftest import NAME, WORDS

pytestmark = pytest.mark.django_db
LIST = "knowledgebase_reactions_list"


def screen(reaction: Reaction) -> str:
    return reverse("knowledgebase_reactions_reaction", args=[reaction.pk])


@pytest.mark.parametrize("who", ["redactie", "beheer"])
def test_staff_place_a_reaction_and_take_it_off_again(redactie: Client, waiting: Reaction, who: str) -> None:
    staff = redactie if who == "redactie" else make_staff("beheerder", BEHEER)
    assert reverse(LIST) in staff.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 nieuwe reactie" in staff.get(reverse("wagtailadmin_home")).content.decode()
    assert staff.post(screen(waiting), {"action": "approve"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (State.PUBLISHED, staff.user)

    assert staff.post(screen(waiting), {"action": "refuse", "reason": "Toch te persoonlijk."}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.REFUSED, "Toch te persoonlijk.")
    assert (waiting.name, waiting.text) == (NAME, WORDS)


def test_words_of_another_cannot_be_changed(redactie: Client, waiting: Reaction) -> None:
    redactie.post(screen(waiting), {"action": "approve", "text": "verdraaid", "name": "Ander"})
    waiting.refresh_from_db()

    assert (waiting.name, waiting.text) == (NAME, WORDS)


def test_refusing_asks_for_a_reason(redactie: Client, waiting: Reaction, moderator: User) -> None:
    assert redactie.post(screen(waiting), {"action": "refuse", "reason": " "}).status_code == 422
    with pytest.raises(ValidationError, match="Geef een reden"):
        actions.refuse(moderator, waiting, " ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.update(state=State.REFUSED)
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_nobody_decides_about_own_words(redactie: Client, send: Callable[..., Any]) -> None:
    send(redactie)
    reaction = Reaction.objects.get()
    response = redactie.post(screen(reaction), {"action": "approve"})

    assert response.status_code == 422
    assert "Dit schreef je zelf. Laat een collega beslissen." in response.content.decode()
    assert Reaction.objects.get().state == State.WAITING


def test_second_decision_and_a_withdrawn_reaction_are_told(
    redactie: Client, waiting: Reaction, moderator: User, writer: Client
) -> None:
    actions.approve(moderator, waiting)
    assert (
        "Een collega heeft dit al besloten." in redactie.post(screen(waiting), {"action": "approve"}).content.decode()
    )

    actions.withdraw(writer.user, Reaction.objects.get())
    with pytest.raises(ValidationError, match="ingetrokken"):
        actions.approve(moderator, waiting)
    assert "heeft haar ingetrokken" in redactie.get(screen(waiting), follow=True).content.decode()


def test_actions_ask_for_the_right_person(waiting: Reaction, other: Client, moderator: User) -> None:
    for act in (actions.approve, lambda user, row: actions.refuse(user, row, "Reden.")):
        with pytest.raises(PermissionDenied):
            act(other.user, waiting)
    with pytest.raises(PermissionDenied):
        actions.withdraw(moderator, waiting)


def test_list_shows_what_waits_first_and_asks_little(
    redactie: Client, page: Any, waiting: Reaction, moderator: User, django_assert_num_queries: Any
) -> None:
    redactie.get(reverse(LIST))
    with django_assert_num_queries(13):
        redactie.get(reverse(LIST))
    for number in range(8):
        user = User.objects.create_user(f"schrijver{number}")
        row = Reaction.objects.create(writer=user, page=page, ticket=waiting.ticket, name="N", text="T")
        actions.approve(moderator, row)
    with django_assert_num_queries(13):
        response = redactie.get(reverse(LIST))

    assert next(iter(response.context["object_list"])) == waiting
    assert WORDS not in response.content.decode()


def test_refused_words_are_gone_after_ninety_days(waiting: Reaction, moderator: User) -> None:
    actions.refuse(moderator, waiting, "Te persoonlijk.")
    assert purge_refused() == 0
    Reaction.objects.update(decided_at=timezone.now() - timedelta(days=91))

    assert purge_refused() == 1
    assert not Reaction.objects.exists()


def test_demo_is_loaded_once_and_taken_away(page: Any, writer: Client, waiting: Reaction) -> None:
    row = {"page": page.slug, "account": writer.user.username, "name": "Wilg", "text": "Ja.", "days_ago": 2}
    data = {"reactions": [{**row, "state": "published"}, {**row, "account": "niemand", "state": "waiting"}]}
    demo.load(data)
    demo.load(data)
    assert Reaction.objects.get(name="Wilg").state == State.PUBLISHED

    demo.purge(data)
    assert Reaction.objects.get() == waiting
