"""Fixtures for tests of reactions: an article that takes them, and people who write and decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from home.setup import ensure_home
from home.staff import REDACTIE
from knowledgebase.models import ArticlePage
from knowledgebase.reactions import actions
from knowledgebase.reactions.models import Reaction
from tests.home.conftest import make_staff
from tests.knowledgebase.news.pages import put
from tests.knowledgebase.pages import text
from users.models import User

NAME, WORDS = "Kanarievogel", "kanarie-woorden van een bezoeker"
BACKEND = "groupspace.accounts.backends.AccountBackend"


def make_article(title: str = "Zo werkt een groep", **fields: Any) -> ArticlePage:
    fields = {"summary": "Kort.", "checked_on": date(2026, 1, 2), "takes_reactions": True, **fields}
    return put(ensure_home(), ArticlePage(title=title, body=[text("Een groep praat.")], **fields))


def signed_in(name: str) -> Client:
    """The browser of a visitor with an account; the account is `client.user`."""
    client = Client()
    client.user = User.objects.get_or_create(username=name)[0]
    client.force_login(client.user, backend=BACKEND)
    return client


def address(page: ArticlePage) -> str:
    return reverse("knowledgebase_reactions:write", args=[page.translation_key])


@pytest.fixture
def page(db: None) -> ArticlePage:
    return make_article()


@pytest.fixture
def writer(db: None) -> Client:
    return signed_in("geheime-inlognaam")


@pytest.fixture
def other(db: None) -> Client:
    return signed_in("iemand-anders")


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


@pytest.fixture
def moderator(db: None) -> User:
    user = User.objects.create_user("beslisser")
    user.user_permissions.add(Permission.objects.get(codename="change_reaction"))
    return user


@pytest.fixture
def send(page: ArticlePage, writer: Client) -> Callable[..., Any]:
    """Fill in the form as a visitor would: open it, take its ticket, send."""

    def post(client: Client | None = None, where: str = "", **changes: str) -> Any:
        client, where = client or writer, where or address(page)
        ticket = client.get(where).context["form"]["ticket"].value()
        return client.post(where, {"ticket": str(ticket), "name": NAME, "text": WORDS, **changes})

    return post


@pytest.fixture
def waiting(send: Callable[..., Any]) -> Reaction:
    send()
    return Reaction.objects.get()


@pytest.fixture
def published(waiting: Reaction, moderator: User, django_capture_on_commit_callbacks: Callable[..., Any]) -> Reaction:
    with django_capture_on_commit_callbacks(execute=True):
        return actions.approve(moderator, waiting)
