"""What visitors send, support and see."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebase.ideas import actions
from knowledgebase.ideas.models import Address, Entry, Idea, IdeasPage, Status, Support
from knowledgebase.models import Theme
from users.models import User

from .conftest import TYPED, make_idea

pytestmark = pytest.mark.django_db


def test_idea_is_kept_with_address_apart(send: Any) -> None:
    response = send()
    entry = Entry.objects.get()

    assert response.status_code == 302
    assert (entry.problem, entry.for_whom, entry.would_join, entry.region) == tuple(TYPED.values())[:4]
    assert entry.state == Entry.State.NEW
    assert Address.objects.get().email == TYPED["email"]
    assert "Je idee is verstuurd" in Client().get(response["Location"]).content.decode()


def test_address_is_not_needed(send: Any) -> None:
    send(email="", region="")

    assert Entry.objects.count() == 1
    assert Address.objects.count() == 0


def test_form_with_an_old_token_comes_back_with_all_that_was_typed(page: IdeasPage) -> None:
    client = Client(enforce_csrf_checks=True)
    ticket = client.get(page.url).context["form"]["ticket"].value()
    response = client.post(page.url, {"ticket": str(ticket), **TYPED})
    text = response.content.decode()

    assert response.status_code == 422
    assert "Verstuur het nog een keer" in text
    assert all(value in text for value in TYPED.values())
    assert Entry.objects.count() == 0
    token = client.cookies["csrftoken"].value
    again = client.post(page.url, {"ticket": str(ticket), "csrfmiddlewaretoken": token, **TYPED})
    assert again.status_code == 302
    assert Client(enforce_csrf_checks=True).post(reverse("knowledgebase_ideas:support")).status_code == 403


def test_same_ticket_is_kept_once(page: IdeasPage) -> None:
    client = Client()
    ticket = client.get(page.url).context["form"]["ticket"].value()
    answers = [client.post(page.url, {"ticket": str(ticket), **TYPED}) for _turn in range(3)]

    assert [answer.status_code for answer in answers] == [302] * 3
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"problem": "x" * 10_000},
        {"for_whom": "y" * 10_000},
        {"problem": "\u200b"},
        {"would_join": ""},
        {"would_join": "verzonnen"},
        {"region": "belgië"},
        {"email": "geen adres"},
        {"ticket": "x"},
    ],
)
def test_bad_input_is_refused_with_all_of_it_kept(send: Any, changes: dict[str, str]) -> None:
    response = send(**changes)
    text = response.content.decode()

    assert response.status_code == 422
    assert Entry.objects.count() == 0
    assert "Dit gaat nog niet goed" in text
    for name, value in {"for_whom": TYPED["for_whom"], **changes}.items():
        assert response.context["form"][name].value() == value


@pytest.mark.parametrize(("asked", "filled"), [("rouw", "Rouw"), ("x", ""), ("r\x00", ""), ("<b>", "")])
def test_only_a_theme_of_ours_is_filled_in(page: IdeasPage, client: Client, asked: str, filled: str) -> None:
    Theme.objects.create(name="Rouw", slug="rouw", domain="psychological")

    response = client.get(page.url, {"thema": asked})

    assert (response.context["form"]["problem"].value() or "") == filled


def test_robot_is_thanked_and_not_kept(send: Any) -> None:
    assert send(website="x").status_code == 302
    assert Entry.objects.count() == 0


def test_flood_is_refused_with_text_kept(send: Any, settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "VISITORS_PACE": ((60, 1),)}
    send()
    response = send(problem="het tweede idee")

    assert response.status_code == 422
    assert "het tweede idee" in response.content.decode()
    assert Entry.objects.count() == 1


def test_everybody_sees_status_with_date_and_reason(page: IdeasPage, idea: Idea, staff: User) -> None:
    actions.change_status(staff, idea, Status.NOT_NOW, "Er is al zo'n groep.")
    for address in (page.url, idea.get_absolute_url()):
        text = Client().get(address).content.decode()
        assert "Nu niet" in text
        assert "Er is al zo&#x27;n groep." in text
        assert "behandelaar" not in text


@pytest.mark.parametrize("status", [*Status.values, "verzonnen", "", "%00"])
def test_list_shows_one_status(page: IdeasPage, status: str) -> None:
    for each in Status.values:
        make_idea(f"Idee {each}", each)
    response = Client().get(page.url, {"stand": status, "page": "999"})
    shown = {idea.status for idea in response.context["ideas"]}

    assert response.status_code == 200
    assert shown == ({status} if status in Status.values else set(Status.values))


def test_support_counts_once_for_each_form(page: IdeasPage) -> None:
    idea = make_idea("Idee")
    client = Client()
    ticket = str(client.get(page.url).context["support_ticket"])
    for _turn in range(3):
        response = client.post(reverse("knowledgebase_ideas:support"), {"idee": idea.uuid, "ticket": ticket})
        assert response["Location"] == f"{idea.get_absolute_url()}?dank=1"

    assert Support.objects.count() == 1
    assert client.get(response["Location"]).status_code == 200
    assert set(client.cookies) <= {"csrftoken"}  # no cookie that tells who pressed


def test_small_counts_are_not_told(page: IdeasPage) -> None:
    few, many = make_idea("Weinig"), make_idea("Veel")
    for idea, count in ((few, 9), (many, 10)):
        Support.objects.bulk_create(Support(idea=idea, ticket=uuid4()) for _turn in range(count))
    text = Client().get(page.url).content.decode()

    assert "10 keer" in text
    assert "Minder dan 10 keer" in text
    assert not re.search(r"\b9 keer", text)


@pytest.mark.parametrize("data", [{}, {"idee": "x", "ticket": "y"}, {"idee": str(uuid4()), "ticket": str(uuid4())}])
def test_support_of_nothing_is_not_found(db: None, data: dict[str, str]) -> None:
    assert Client().post(reverse("knowledgebase_ideas:support"), data).status_code == 404


def test_support_flood_is_refused(page: IdeasPage, settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "VISITORS_PACE": ((60, 1),)}
    idea = make_idea("Idee")
    statuses = [
        Client().post(reverse("knowledgebase_ideas:support"), {"idee": idea.uuid, "ticket": uuid4()}).status_code
        for _turn in range(2)
    ]

    assert statuses == [302, 422]


def test_list_asks_the_same_number_of_questions(page: IdeasPage, django_assert_num_queries: Any) -> None:
    make_idea("Eerste")
    client = Client()
    client.get(page.url)
    with django_assert_num_queries(QUESTIONS):
        client.get(page.url)
    for number in range(9):
        make_idea(f"Idee {number}")
    with django_assert_num_queries(QUESTIONS):
        client.get(page.url)


QUESTIONS = 11


def test_what_was_typed_is_on_no_page_of_the_site(page: IdeasPage, idea: Idea, entry: Entry) -> None:
    client = Client()
    addresses = [
        page.url,
        idea.get_absolute_url(),
        "/",
        reverse("knowledgebase:search") + "?q=kanarie",
        reverse("knowledgebase:search") + "?q=kanarie-probleem",
        reverse("sitemap"),
    ]

    for address in addresses:
        text = client.get(address).content.decode()
        assert "kanarie-probleem" not in text.replace("?q=kanarie-probleem", "").replace('value="kanarie-probleem"', "")
        assert "kanarie-doelgroep" not in text
        assert "kanarie-adres" not in text
