"""Fixtures for tests of Denk mee."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from home.setup import ensure_home
from knowledgebase.ideas import actions
from knowledgebase.ideas.models import Entry, Idea, IdeasPage, Status, StatusChange
from users.models import User

TYPED = {
    "problem": "kanarie-probleem",
    "for_whom": "kanarie-doelgroep",
    "would_join": "yes",
    "region": "utrecht",
    "email": "kanarie-adres@voorbeeld.nl",
}
WORDS = {"title": "Mantelzorg delen", "text": "Een groep om zorg te delen.", "for_whom": "Mantelzorgers", "region": ""}


@pytest.fixture
def page(db: None) -> IdeasPage:
    page = IdeasPage(title="Denk mee", slug="denk-mee", summary="Zeg welke groep er moet komen.", live=True)
    ensure_home().add_child(instance=page)
    return page


@pytest.fixture
def send(page: IdeasPage) -> Callable[..., Any]:
    """Fill in the form as a visitor would: open the page, take its ticket, send."""

    def post(client: Client | None = None, **changes: str) -> Any:
        client = client or Client()
        ticket = client.get(page.url).context["form"]["ticket"].value()
        return client.post(page.url, {"ticket": str(ticket), **TYPED, **changes})

    return post


@pytest.fixture
def staff(db: None) -> User:
    user = User.objects.create_user("behandelaar")
    user.user_permissions.add(Permission.objects.get(codename="change_idea"))
    return user


@pytest.fixture
def entry(send: Any) -> Entry:
    send()
    return Entry.objects.get()


@pytest.fixture
def idea(staff: User, entry: Entry) -> Idea:
    return actions.word(staff, entry, **WORDS)


def make_idea(title: str, status: str = Status.CONSIDERED, **fields: Any) -> Idea:
    """A public idea that nobody sent in."""
    idea = Idea.objects.create(**{**WORDS, "title": title, "status": status, **fields})
    StatusChange.objects.create(idea=idea, status=status, reason=f"Reden van {title}.")
    return idea
