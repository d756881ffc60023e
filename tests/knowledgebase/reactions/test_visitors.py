"""Reacting as a visitor: sending once, reading what happens, taking it back; and the page that everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from knowledgebase.models import ArticlePage
from knowledgebase.reactions import actions
from knowledgebase.reactions.models import Reaction, State
from tests.knowledgebase.news.pages import make_news, make_news_index
from users.models import User

from .conftest import NAME, WORDS, address, make_article

pytestmark = pytest.mark.django_db
MINE = "knowledgebase_reactions:mine"


def read(client: Client, page: ArticlePage) -> str:
    return client.get(page.url).content.decode()


def test_reaction_waits_goes_online_and_is_withdrawn(
    page: ArticlePage,
    writer: Client,
    client: Client,
    send: Callable[..., Any],
    moderator: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    assert WORDS not in read(client, page)  # from now on the page is in the cache
    assert send().url == f"{address(page)}?klaar=1"
    reaction = Reaction.objects.get()
    assert "Wacht op een medewerker" in writer.get(address(page)).content.decode()
    assert WORDS not in read(client, page)

    with django_capture_on_commit_callbacks(execute=True):
        actions.approve(moderator, reaction)
    assert WORDS in read(client, page)
    assert NAME in read(client, page)

    where = reverse("knowledgebase_reactions:withdraw", args=[reaction.pk])
    assert WORDS in writer.get(where).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert writer.post(where).status_code == 302
    assert WORDS not in read(client, page)
    assert not Reaction.objects.exists()


def test_page_with_reactions_stays_in_the_cache_for_who_is_not_logged_in(
    page: ArticlePage, client: Client, published: Reaction, django_assert_num_queries: Any
) -> None:
    first = client.get(page.url)
    assert WORDS in first.content.decode()
    assert "csrfmiddlewaretoken" not in first.content.decode()

    with django_assert_num_queries(0):
        assert client.get(page.url).content == first.content


def test_page_for_who_is_logged_in_is_kept_nowhere(page: ArticlePage, writer: Client, published: Reaction) -> None:
    response = writer.get(page.url)

    assert response["Cache-Control"] == "private, no-store"
    assert "Schrijf een reactie" in response.content.decode()
    assert "Schrijf een reactie" not in read(Client(), page)


def test_reactions_cost_one_question(page: ArticlePage, published: Reaction, django_assert_num_queries: Any) -> None:
    def questions(path: str) -> int:
        from django.core.cache import cache
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200
        return len(asked)

    plain = make_article("Zonder reacties", takes_reactions=False)
    questions(plain.url)

    assert questions(page.url) == questions(plain.url) + 1


def test_link_to_the_log_in_leads_back_to_the_form(page: ArticlePage, client: Client) -> None:
    link = BeautifulSoup(read(client, page), "html.parser").find("a", string="Log in om te reageren")

    assert link["href"] == f"{reverse('account:login')}?next={address(page)}"
    assert client.get(address(page)).url == link["href"]


def test_second_post_of_one_form_is_kept_once(page: ArticlePage, writer: Client, send: Callable[..., Any]) -> None:
    ticket = writer.get(address(page)).context["form"]["ticket"].value()
    for _press in range(2):
        assert send(ticket=str(ticket)).status_code == 302

    assert Reaction.objects.count() == 1


def test_ticket_of_somebody_else_finds_nothing_of_theirs(other: Client, waiting: Reaction, send: Any) -> None:
    send(other, ticket=str(waiting.ticket), text="eigen woorden")

    assert Reaction.objects.get(writer=other.user).text == "eigen woorden"
    assert Reaction.objects.get(writer=waiting.writer).text == WORDS


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "x" * 10_000}, "Je reactie heeft 10000 tekens. Maak haar korter: hooguit 1500."),
        ({"text": " \u202e\u0000 "}, "text"),
        ({"name": ""}, "name"),
        ({"name": "n" * 41}, "Kies een kortere naam: hooguit 40 tekens."),
        ({"name": "Geheime-Inlognaam"}, "Dit is je inlognaam. Verzin een andere naam"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_all_that_was_typed(
    send: Callable[..., Any], changes: dict[str, str], sentence: str
) -> None:
    response = send(**changes)

    assert response.status_code == 422
    form = response.context["form"]
    assert sentence in form.errors or sentence in response.content.decode()
    assert form["name"].value() == changes.get("name", NAME)
    assert form["text"].value() == changes.get("text", WORDS)
    assert not Reaction.objects.exists()


def test_who_was_logged_out_while_typing_gets_the_words_back(page: ArticlePage, writer: Client, send: Any) -> None:
    ticket = writer.get(address(page)).context["form"]["ticket"].value()
    response = Client().post(address(page), {"ticket": str(ticket), "name": NAME, "text": WORDS})
    shown = response.content.decode()

    assert response.status_code == 422
    assert WORDS in shown
    assert "Je bent uitgelogd." in shown
    assert f"{reverse('account:login')}?next={address(page)}" in shown
    assert not Reaction.objects.exists()


def test_markup_and_odd_signs_are_shown_as_typed(
    page: ArticlePage, send: Any, moderator: User, django_capture_on_commit_callbacks: Any
) -> None:
    send(text="<script>alert(1)</script>\u202e regel\r\n\r\ntwee")
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve(moderator, Reaction.objects.get())
    shown = read(Client(), page)

    assert "<script>alert(1)" not in shown
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; regel</p>" in shown
    assert "<p>twee</p>" in shown


def test_robot_is_thanked_and_forgotten(send: Callable[..., Any]) -> None:
    assert send(website="https://spam.example").status_code == 302
    assert not Reaction.objects.exists()


def test_one_person_has_at_most_five_waiting(send: Callable[..., Any], other: Client) -> None:
    for _number in range(5):
        assert send().status_code == 302
    response = send()

    assert response.status_code == 422
    assert "Je hebt al 5 reacties die we nog moeten lezen." in response.content.decode()
    assert response.context["form"]["text"].value() == WORDS
    assert send(other).status_code == 302


def test_script_that_sends_many_is_told_to_wait(send: Callable[..., Any], settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "VISITORS_PACE": ((3600, 1),)}
    assert send().status_code == 302
    response = send()

    assert response.status_code == 422
    assert "Wacht een kwartier" in response.content.decode()


def test_reactions_are_off_unless_staff_switch_them_on(client: Client, writer: Client) -> None:
    closed = make_article("Gesloten", takes_reactions=False)

    assert "Reacties" not in read(client, closed)
    for visitor in (client, writer):
        assert visitor.get(address(closed)).status_code == 404
        assert visitor.post(address(closed), {"text": WORDS}).status_code == 404


def test_nobody_reacts_under_a_heavy_subject(client: Client, writer: Client, published: Reaction) -> None:
    page = published.page.specific
    page.content_note = "Dit gaat over geweld thuis."
    with pytest.raises(ValidationError, match="Onder een heftig onderwerp kan niemand reageren"):
        page.full_clean()
    ArticlePage.objects.filter(pk=page.pk).update(content_note=page.content_note)  # also when it got in another way

    assert WORDS not in read(client, page)
    assert writer.get(address(page)).status_code == 404
    with pytest.raises(ValidationError):
        actions.send(writer.user, page, published.pk, name=NAME, text=WORDS)


def test_news_takes_reactions_too(writer: Client, client: Client, send: Callable[..., Any]) -> None:
    news = make_news(make_news_index(), takes_reactions=True)

    assert "Log in om te reageren" in read(client, news)
    assert send(where=address(news)).status_code == 302
    assert Reaction.objects.get().page_id == news.pk


def test_writer_reads_why_a_reaction_was_refused(writer: Client, waiting: Reaction, moderator: User) -> None:
    actions.refuse(moderator, waiting, "Haal de naam van je zus weg.")

    for where in (reverse(MINE), address(waiting.page)):
        assert "Haal de naam van je zus weg." in writer.get(where).content.decode()


def test_reaction_can_be_withdrawn_when_the_page_is_gone_from_the_site(writer: Client, published: Reaction) -> None:
    published.page.unpublish()
    assert writer.get(address(published.page)).status_code == 404
    shown = writer.get(reverse(MINE))

    where = reverse("knowledgebase_reactions:withdraw", args=[published.pk])
    assert where in shown.content.decode()
    assert writer.post(where).status_code == 302
    assert Reaction.objects.filter(state=State.PUBLISHED).count() == 0


def test_form_warns_that_everybody_reads_it_and_shows_the_way_to_help(page: ArticlePage, writer: Client) -> None:
    shown = writer.get(address(page)).content.decode()

    for sentence in ("Iedereen op internet kan dit lezen", "Schrijf geen namen", 'href="tel:112"', 'href="tel:113"'):
        assert sentence in shown
    main = BeautifulSoup(shown, "html.parser").find("main")
    assert main.find("a", href=reverse("safety:help"))
