"""Fixtures for tests of digital social techniques: a theme, professionals, and staff who are logged in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from home.staff import REDACTIE
from knowledgebase import conf
from knowledgebase.techniques import actions
from knowledgebase.techniques.models import Contributor, TechniqueIndexPage, TechniquePage
from tests.home.conftest import make_staff

from .themes import make_index, make_theme


def works_in_the_field(user: Any) -> bool:
    """Stands in for the host's answer: whoever is called so."""
    return user.get_username().startswith("pro-")


@pytest.fixture(autouse=True)
def _field(settings: Any) -> None:
    path = f"{works_in_the_field.__module__}.works_in_the_field"
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "IS_PROFESSIONAL": path}
    assert conf.get("IS_PROFESSIONAL") == path


@pytest.fixture
def index(db: None) -> TechniqueIndexPage:
    return make_index()


@pytest.fixture
def theme(index: TechniqueIndexPage) -> TechniquePage:
    return make_theme(index)


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    return make_staff


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


@pytest.fixture
def colleague(db: None) -> Client:
    return make_staff("collega", REDACTIE)


@pytest.fixture
def person(db: None) -> Callable[[str], Client]:
    """Makes a browser in which somebody with this log-in name is logged in."""

    def make(name: str) -> Client:
        client = Client()
        client.user = get_user_model().objects.create_user(name)
        client.force_login(client.user, backend="groupspace.accounts.backends.AccountBackend")
        return client

    return make


@pytest.fixture
def writes_along(person: Callable[[str], Client]) -> Callable[..., Client]:
    """Makes a professional who uses a code; `client.contributor` is who that is."""

    def make(theme: TechniquePage, name: str = "Sam", organisation: str = "Welzijn Overal") -> Client:
        client = person(f"pro-geheim-{name.lower()}")
        _invitation, code = actions.invite(None, theme, organisation=organisation)
        contributor: Contributor = actions.become_contributor(client.user, code=code, name=name)
        client.contributor = contributor
        return client

    return make
