"""What somebody wrote in a form about a space is not lost when the log-in ended meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.models import Invitation, JoinRequest, Space
from tests.cast import Cast
from tests.groupspace.accounts.people import add_factor, code_now, log_in, post_code, post_password

pytestmark = pytest.mark.django_db

WORDS = "Kanarietekst over thuis."


def join(cast: Cast) -> tuple[str, dict[str, str]]:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed", questions=["Waarom?"])
    question = cast.space.questions.get()
    return reverse("groupspace:join", args=[cast.space.pk]), {"display_name": "Duif", f"answer_{question.pk}": WORDS}


def change(cast: Cast) -> tuple[str, dict[str, str]]:
    return reverse("groupspace:space-change", args=[cast.space.pk]), {"name": "Anders", "about": WORDS}


def create(cast: Cast) -> tuple[str, dict[str, str]]:
    return reverse("groupspace:space-create"), {"name": "Nieuw", "about": WORDS, "kind": "group"}


def refuse(cast: Cast) -> tuple[str, dict[str, str]]:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
    asked = actions.request_to_join(cast.actor("dora"), cast.space, display_name="Duif")
    address = reverse("groupspace:request", args=[cast.space.pk, asked.pk])
    return address, {"decision": "refuse", "reason": WORDS}


def remove_post(cast: Cast) -> tuple[str, dict[str, str]]:
    post = forum.start_topic(cast.actor("ben"), cast.space, title="Van ben", body="<p>Hoi.</p>")
    return reverse("groupspace:gesprekken:post-delete", args=[cast.space.pk, post.pk]), {"reason": WORDS}


def invite(cast: Cast) -> tuple[str, dict[str, str]]:
    return reverse("groupspace:invitations", args=[cast.space.pk]), {"label": WORDS, "role": "participant"}


def come_back(client: Client, cast: Cast, who: str, next_url: str) -> str:
    """Log in again by the pages, with the second step where there is one; return where that leads."""
    response = post_password(client, getattr(cast, who), next_url=next_url)
    if response.status_code == 200:
        response = post_code(client, code_now(), next_url=next_url)
    return str(response["Location"])


@pytest.mark.parametrize(
    ("who", "form"),
    [("dora", join), ("anna", change), ("anna", create), ("anna", refuse), ("anna", remove_post), ("anna", invite)],
)
def test_words_survive_the_end_of_the_log_in(
    cast: Cast, who: str, form: Callable[[Cast], tuple[str, dict[str, str]]]
) -> None:
    address, typed = form(cast)
    if staff := who == "anna":
        add_factor(cast.anna)
    client = log_in(getattr(cast, who), secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" if staff else "")
    ticket = re.search(r'name="gs-ticket" value="([^"]+)"', client.get(address).content.decode())
    assert ticket
    spaces, requests = Space.objects.count(), list(JoinRequest.objects.values_list("pk", "state"))

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        to_login = client.post(address, typed | {"gs-ticket": ticket[1]})["Location"]
        assert "/account/login/" in to_login
        assert (Space.objects.count(), list(JoinRequest.objects.values_list("pk", "state"))) == (spaces, requests)
        assert not Invitation.objects.filter(label=WORDS).exists()
        back = come_back(client, cast, who, parse_qs(urlsplit(to_login).query)["next"][0])
        page = client.get(back).content.decode()

        assert WORDS in page
        assert "Je was te lang weg. Je tekst staat er nog." in page
        forms = BeautifulSoup(page, "html.parser").select("form:has([name=gs-ticket])")
        assert {len(one.select("[name=gs-ticket]")) for one in forms} == {1}


def test_answer_to_a_question_that_was_reworded_meanwhile_is_given_back(cast: Cast) -> None:
    address, typed = join(cast)
    client = log_in(cast.dora)
    ticket = re.search(r'name="gs-ticket" value="([^"]+)"', client.get(address).content.decode())
    assert ticket

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        actions.change_space(cast.actor("anna"), cast.space, questions=["Waarom wil je meedoen?"])
        to_login = client.post(address, typed | {"gs-ticket": ticket[1]})["Location"]
        back = come_back(client, cast, "dora", parse_qs(urlsplit(to_login).query)["next"][0])
        page = BeautifulSoup(client.get(back).content, "html.parser").main

    assert WORDS in page.select_one("textarea[readonly]:not([name])").get_text()
    assert [box.get_text(strip=True) for box in page.select("textarea[name^=answer_]")] == [""]
    assert page.select_one("[name=display_name]")["value"] == "Duif"
    assert "Je was te lang weg. Een vraag is intussen veranderd of weg." in page.get_text()


def test_reason_of_a_refusal_comes_back_under_the_refusal(cast: Cast) -> None:
    address, typed = refuse(cast)
    add_factor(cast.anna)
    client = log_in(cast.anna, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    ticket = re.search(r'name="gs-ticket" value="([^"]+)"', client.get(address).content.decode())
    assert ticket

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        to_login = client.post(address, typed | {"gs-ticket": ticket[1]})["Location"]
        back = come_back(client, cast, "anna", parse_qs(urlsplit(to_login).query)["next"][0])

        page = BeautifulSoup(client.get(back).content, "html.parser")
        assert page.select_one("input[name=decision]")["value"] == "refuse"
        assert page.select_one("textarea[name=reason]").get_text(strip=True) == typed["reason"]
        other = BeautifulSoup(client.get(address + "?besluit=admit").content, "html.parser")
        assert typed["reason"] not in other.main.get_text()


def test_note_about_who_asks_comes_back_beside_the_letter(cast: Cast) -> None:
    address, _typed = refuse(cast)
    add_factor(cast.anna)
    client = log_in(cast.anna, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    note = f"{address}aantekening/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    ticket = page.select_one(f'form[action="{note}"] [name=gs-ticket]')
    assert ticket

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        to_login = client.post(note, {"note": WORDS, "gs-ticket": ticket["value"]})["Location"]
        back = come_back(client, cast, "anna", parse_qs(urlsplit(to_login).query)["next"][0])
        page = BeautifulSoup(client.get(back).content, "html.parser")

        assert page.select_one("textarea[name=note]").get_text(strip=True) == WORDS
        assert WORDS not in page.select_one("textarea[name=reason]").get_text()
        assert "Je was te lang weg. Je tekst staat er nog." in page.main.get_text()
        assert "Deze tekst is er niet meer" not in page.main.get_text()


def test_words_of_one_are_not_given_to_another(cast: Cast) -> None:
    address, typed = join(cast)
    client = log_in(cast.dora)
    ticket = re.search(r'name="gs-ticket" value="([^"]+)"', client.get(address).content.decode())
    assert ticket

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        to_login = client.post(address, typed | {"gs-ticket": ticket[1]})["Location"]
        other = log_in(cast.pim)

        page = other.get(parse_qs(urlsplit(to_login).query)["next"][0]).content.decode()

    assert WORDS not in page
