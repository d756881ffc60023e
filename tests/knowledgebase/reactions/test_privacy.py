"""Who reads what of a reaction: an outsider, another member, an editor, and everything that lists public content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from knowledgebase import public_cache
from knowledgebase.models import ArticlePage
from knowledgebase.news.models import NewsPage
from knowledgebase.reactions import actions
from knowledgebase.reactions.models import Reaction
from tests.knowledgebase.news.pages import make_news, make_news_index, make_whats_new
from users.models import User

from .conftest import NAME, WORDS, address

pytestmark = pytest.mark.django_db
LIST = "knowledgebase_reactions_list"
SCREEN = "knowledgebase_reactions_reaction"


def test_waiting_and_refused_words_are_for_their_writer_alone(
    page: ArticlePage, waiting: Reaction, writer: Client, other: Client, moderator: User
) -> None:
    withdraw = reverse("knowledgebase_reactions:withdraw", args=[waiting.pk])
    addresses = [page.url, address(page), reverse("knowledgebase_reactions:mine"), withdraw]
    for _state in ("waiting", "refused"):
        for visitor in (Client(), other):
            for where in addresses:
                shown = visitor.get(where, follow=True).content.decode()
                assert WORDS not in shown
                assert NAME not in shown
        assert WORDS in writer.get(addresses[2]).content.decode()
        if waiting.state == "waiting":
            waiting = actions.refuse(moderator, waiting, "Te persoonlijk.")


def test_nobody_withdraws_what_another_wrote(published: Reaction, other: Client, redactie: Client) -> None:
    where = reverse("knowledgebase_reactions:withdraw", args=[published.pk])
    for visitor, status in ((other, 404), (redactie, 404), (Client(), 302)):
        assert visitor.post(where).status_code == status
    assert Reaction.objects.get() == published


def test_own_addresses_are_kept_nowhere(page: ArticlePage, waiting: Reaction, writer: Client) -> None:
    withdraw = reverse("knowledgebase_reactions:withdraw", args=[waiting.pk])
    for where in (address(page), reverse("knowledgebase_reactions:mine"), withdraw):
        response = writer.get(where)
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_log_in_name_is_shown_to_nobody(
    page: ArticlePage, published: Reaction, other: Client, redactie: Client
) -> None:
    login_name = published.writer.username
    screens = [reverse(LIST), reverse(SCREEN, args=[published.pk]), reverse("wagtailadmin_home")]
    for visitor in (Client(), other):
        assert login_name not in visitor.get(page.url).content.decode()
    for screen in [*screens, f"{reverse(LIST)}?export=csv", reverse("wagtailadmin_pages:usage", args=[page.pk])]:
        assert login_name not in redactie.get(screen).getvalue().decode()
    assert WORDS in redactie.get(screens[1]).content.decode()


def test_cms_does_not_keep_who_wrote_what_in_its_list_of_uses(published: Reaction) -> None:
    call_command("rebuild_references_index", verbosity=0)

    assert not ReferenceIndex.get_references_to(published.writer).exists()
    assert str(published).startswith("Reactie van ")  # this is what the CMS would log and list


@pytest.mark.parametrize("method", ["get", "post"])
def test_editor_without_the_right_reads_nothing(waiting: Reaction, method: str) -> None:
    from django.contrib.auth.models import Group, Permission

    from tests.home.conftest import make_staff

    Group.objects.create(name="Alleen schrijven").permissions.add(Permission.objects.get(codename="access_admin"))
    editor = make_staff("schrijver", "Alleen schrijven")
    for where in (reverse(LIST), reverse(f"{LIST}_results"), reverse(SCREEN, args=[waiting.pk])):
        response = getattr(editor, method)(where, {"action": "approve", "export": "csv"})
        assert response.status_code in (302, 403, 405)
        assert WORDS not in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_reactions_stand_in_no_search_feed_list_or_sitemap(
    published: Reaction, moderator: User, writer: Client, send: Callable[..., Any]
) -> None:
    index, news_list = make_news_index(), make_whats_new()
    news = make_news(index, takes_reactions=True)
    send(where=address(news))
    actions.approve(moderator, Reaction.objects.get(page=news))
    public_cache.bump()
    call_command("update_search", verbosity=0)
    call_command("update_index", verbosity=0)
    visitor = Client()
    assert WORDS in visitor.get(news.url).content.decode()
    assert NewsPage.objects.get() == news

    for where in (
        "/zoeken/?q=kanarie-woorden",
        "/zoeken/?q=Kanarievogel",
        f"{index.url}feed/",
        index.url,
        news_list.url,
        "/sitemap.xml",
    ):
        shown = visitor.get(where)
        assert shown.status_code == 200, where
        assert "van een bezoeker" not in shown.content.decode()
        assert f"<strong>{NAME}" not in shown.content.decode()
        assert "/reactie/" not in shown.content.decode()


def test_reactions_go_with_the_account(
    page: ArticlePage, published: Reaction, django_capture_on_commit_callbacks: Any
) -> None:
    visitor = Client()
    assert WORDS in visitor.get(page.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        published.writer.delete()

    assert WORDS not in visitor.get(page.url).content.decode()
    assert not Reaction.objects.exists()


def test_reactions_stay_when_the_account_that_placed_them_goes(published: Reaction, moderator: User) -> None:
    moderator.delete()

    assert Reaction.objects.get().decided_by is None
