"""Fixtures for tests of messages from visitors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from home.setup import ensure_home
from knowledgebase.contact.models import ContactPage, Kind
from users.models import User

TYPED = {
    Kind.QUESTION: {"text": "kanarie-vraag: kan ik meedoen?", "name": "kanarie-naam"},
    Kind.INTEREST: {
        "organisation": "=kanarie-organisatie",
        "provider_kind": "welfare",
        "region": "utrecht",
        "for_whom": "jonge mantelzorgers",
        "text": "kanarie-wens",
        "name": "kanarie-contactpersoon",
        "email": "kanarie-organisatie@voorbeeld.nl",
    },
    Kind.NOTICE: {
        "subject": "rules",
        "place": "/lees/piekeren/",
        "text": "kanarie-melding",
        "good_faith": "on",
    },
}


@pytest.fixture
def make_page(db: None) -> Callable[[str], ContactPage]:
    def make(kind: str) -> ContactPage:
        page = ContactPage(
            title=f"Formulier {kind}", slug=f"formulier-{kind}", summary="Stuur ons een bericht.", kind=kind, live=True
        )
        ensure_home().add_child(instance=page)
        return page

    return make


@pytest.fixture
def send(make_page: Callable[[str], ContactPage]) -> Callable[..., Any]:
    """Fill in a form as a visitor would: open the page, take its ticket, send."""

    def post(kind: str, client: Client | None = None, **changes: str) -> Any:
        page = ContactPage.objects.filter(kind=kind).first() or make_page(kind)
        client = client or Client()
        ticket = client.get(page.url).context["form"]["ticket"].value()
        return client.post(page.url, {"ticket": str(ticket), **TYPED[kind], **changes})

    return post


@pytest.fixture
def staff(db: None) -> User:
    return make_handler("behandelaar")


@pytest.fixture
def colleague(db: None) -> User:
    return make_handler("collega")


def make_handler(name: str) -> User:
    user = User.objects.create_user(name)
    user.user_permissions.add(Permission.objects.get(codename="change_message"))
    return user
