"""The screens of the CMS for ideas: from what a visitor typed to a choice with reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from home.staff import REDACTIE
from knowledgebase.ideas import actions
from knowledgebase.ideas.models import Address, Criterion, Entry, Idea, IdeasPage, Selection, Status
from tests.home.conftest import make_staff
from users.models import User

from .conftest import TYPED, WORDS, make_idea

pytestmark = pytest.mark.django_db

COMPARE = "knowledgebase_ideas_compare"


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


def prefixed(prefix: str, data: dict[str, str]) -> dict[str, str]:
    return {f"{prefix}-{name}": value for name, value in data.items()}


def test_idea_goes_from_entry_to_pilot_group(
    redactie: Client, page: IdeasPage, send: Any, mailoutbox: list[Any]
) -> None:
    """Scenario 17: staff pick an idea with reasons, visitors see it, it becomes a pilot with an end date."""
    send()
    other = make_idea("Ander idee")
    entry = Entry.objects.get()
    redactie.post(reverse("knowledgebase_ideas_entry", args=[entry.pk]), {"action": "word", **prefixed("word", WORDS)})
    idea = Idea.objects.get(title=WORDS["title"])
    screen = reverse("knowledgebase_ideas_idea", args=[idea.pk])
    redactie.post(screen, {"action": "status", "status-status": "considered", "status-reason": "We bekijken het."})
    redactie.post(screen, {"action": "score", "broad": "3", "broad_remark": "Veel mensen", "risk": "2"})
    redactie.post(screen, {"action": "group", "group-demand": "120", "group-demand_note": "Navraag bij drie gemeenten"})
    table = redactie.get(reverse(COMPARE)).content.decode()
    choice = {
        "reason": "Hoogste score.",
        "public_reason": "Veel mensen vroegen erom.",
        "group_label": "Proefgroep Mantelzorg delen",
        "group_url": "/groep/",
        "pilot_ends_on": "2027-06-30",
    }
    where = f"{reverse('knowledgebase_ideas_choose', args=[idea.pk])}?idee={idea.uuid}&idee={other.uuid}"
    assert redactie.get(where).status_code == 200
    assert redactie.post(where, {**choice, "reason": ""}).status_code == 422
    assert redactie.post(where, choice).status_code == 302
    public = Client().get(idea.get_absolute_url()).content.decode()

    for told in ("Ander idee", WORDS["title"], "Veel mensen", "120", "Navraag bij drie gemeenten"):
        assert told in table
    for told in ("Wordt een groep", "Proefgroep Mantelzorg delen", "30 juni 2027", "We bekijken het."):
        assert told in public
    for hidden in ("Hoogste score.", "120", "Navraag", "Ander idee", "kanarie"):
        assert hidden not in public
    assert [row["title"] for row in Selection.objects.get().compared] == [WORDS["title"], "Ander idee"]
    assert Address.objects.count() == 0
    assert len(mailoutbox) == 2


def test_entry_screen_shows_words_and_never_the_address(redactie: Client, entry: Entry) -> None:
    screen = reverse("knowledgebase_ideas_entry", args=[entry.pk])
    lists = [reverse("knowledgebase_ideas_entries"), reverse("knowledgebase_ideas_list"), reverse(COMPARE)]
    text = redactie.get(screen).content.decode()

    assert TYPED["problem"] in text
    assert "De site mailt zelf" in text
    assert TYPED["email"] not in text
    for url in lists:
        assert "kanarie" not in redactie.get(url).content.decode()


def test_entry_is_joined_or_laid_aside(redactie: Client, send: Any, page: IdeasPage, mailoutbox: list[Any]) -> None:
    idea = make_idea("Idee")
    send()
    first = Entry.objects.get()
    screen = reverse("knowledgebase_ideas_entry", args=[first.pk])
    assert redactie.post(screen, {"action": "join", "join-idea": ""}).status_code == 422
    assert redactie.post(screen, {"action": "join", "join-idea": idea.pk}).status_code == 302
    assert redactie.post(screen, {"action": "aside"}).status_code == 422  # already handled: the sentence stands there
    send()
    second = Entry.objects.get(state=Entry.State.NEW)
    answer = {"action": "aside", "aside-answer": "Kijk bij Contact."}
    redactie.post(reverse("knowledgebase_ideas_entry", args=[second.pk]), answer)

    assert set(Entry.objects.values_list("state", flat=True)) == {Entry.State.JOINED, Entry.State.ASIDE}
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"action": "status", "status-status": "group", "status-reason": "Ja."},
        {"action": "status", "status-status": "parked", "status-reason": ""},
        {"action": "score", "broad": "4"},
        {"action": "score", "broad": "x"},
        {"action": "words", "words-title": ""},
        {"action": "group", "group-group_url": "javascript:alert(1)"},
        {"action": "group", "group-demand": "-1"},
    ],
)
def test_bad_input_of_staff_is_refused_with_a_sentence(redactie: Client, data: dict[str, str]) -> None:
    idea = make_idea("Idee")
    response = redactie.post(reverse("knowledgebase_ideas_idea", args=[idea.pk]), data)

    assert response.status_code == 422
    assert Idea.objects.get().title == "Idee"
    assert Idea.objects.get().status == Status.CONSIDERED


def test_score_can_be_taken_back(redactie: Client, staff: User) -> None:
    idea = make_idea("Idee")
    actions.score(staff, idea, {Criterion.RISK: (2, "Let op"), Criterion.BROAD: (1, "")})
    redactie.post(reverse("knowledgebase_ideas_idea", args=[idea.pk]), {"action": "score", "broad": "0"})

    assert [(score.criterion, score.value) for score in idea.scores.all()] == [("broad", 0)]


@pytest.mark.parametrize("query", ["?idee=x", "?idee=99999999999999999999", "?idee=", "?idee=-1&idee=%00"])
def test_odd_addresses_of_the_comparison_are_harmless(redactie: Client, query: str) -> None:
    make_idea("Idee")

    assert redactie.get(reverse(COMPARE) + query).status_code == 200


def test_comparison_takes_six_and_asks_little(redactie: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        make_idea(f"Idee {number}")
    redactie.get(reverse(COMPARE))
    with django_assert_max_num_queries(25):
        response = redactie.get(reverse(COMPARE))

    assert len(response.context["ideas"]) == 6


def test_table_names_rows_and_columns(redactie: Client) -> None:
    make_idea("Idee")
    page = redactie.get(reverse(COMPARE)).content.decode()
    text = page[page.index('role="region"') : page.index("</table>", page.index('role="region"'))]

    assert "<caption" in text
    assert text.count('scope="row"') == 3 + len(Criterion) + 2
    assert text.count('scope="col"') == 2


@pytest.mark.parametrize("what", ["get", "post"])
def test_editor_without_the_right_sees_nothing(entry: Entry, idea: Idea, what: str) -> None:
    group = Group.objects.create(name="Alleen schrijven")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    other_editor = make_staff("schrijver", "Alleen schrijven")
    urls = [reverse(f"knowledgebase_ideas_{name}") for name in ("entries", "entries_results", "list", "compare")]
    urls.append(reverse("knowledgebase_ideas_entry", args=[entry.pk]))
    urls += [reverse(f"knowledgebase_ideas_{name}", args=[idea.pk]) for name in ("idea", "choose")]
    for url in urls:
        response = getattr(other_editor, what)(url, {"action": "aside", "export": "csv"})
        assert response.status_code in (302, 403), url
        assert b"kanarie" not in response.content
    assert Idea.objects.get().status == Status.RECEIVED
