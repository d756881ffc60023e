"""Fixtures for tests of the site: members of staff who are really logged in, with their second step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from home.staff import BEHEER, REDACTIE


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def make_staff(name: str, group: str | None, **extra: Any) -> Client:
    """A client in which this member of staff has logged in; the account is `client.user`."""
    user = get_user_model().objects.create_user(name, **extra)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.user = user
    if apps.is_installed("groupspace.accounts"):
        from django_otp import DEVICE_ID_SESSION_KEY

        from groupspace.accounts import factors

        device = factors.add_totp(user, factors.new_secret())
        client.force_login(user, backend="groupspace.accounts.backends.AccountBackend")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    else:
        client.force_login(user, backend="groupspace.accounts.backends.AccountBackend")
    return client


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
def beheer(db: None) -> Client:
    return make_staff("beheerder", BEHEER)
