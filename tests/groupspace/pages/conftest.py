"""Pages in the fixed group, and browsers for its members."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from groupspace.conf import Pace
from groupspace.pages import actions
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in


@pytest.fixture(autouse=True)
def _many_at_once(settings):
    """Here one person writes more in a second than a person would."""
    settings.GROUPSPACE = {**settings.GROUPSPACE, "POSTS": Pace(times=1000, within=timedelta(minutes=10))}


@pytest.fixture
def log_in(cast):
    """`log_in("ben")`: a browser of this person, with the second step where they have power."""
    Client().get(reverse("safety:how"))  # menu and crisis lines come from the cache, as on a site that runs

    def enter(name):
        return logged_in(getattr(cast, name), verified=name not in {"ben", "dora", "ellen"})

    return enter


@pytest.fixture
def write(cast, as_actor):
    """`write("ben", "Titel", "Tekst")`: a page by this person in the group."""

    def write(name="ben", title="Slaaptips", text="Ga op tijd naar bed.", **more):
        return actions.create_page(as_actor(name), cast.space, title=title, body=from_plain(text), **more)

    return write


@pytest.fixture
def change(as_actor):
    """`change("carla", page, "Tekst")`: a new version by this person, who saw the newest one."""

    def change(name, page, text, **more):
        page.refresh_from_db()
        fields = {"title": page.title, "base": page.version} | more
        return actions.edit_page(as_actor(name), page, body=from_plain(text), **fields)

    return change


@pytest.fixture
def url(cast):
    """`url()`: the tree; `url(page)`: a page; `url(page, "bewerk/")`: another page about it."""

    def url(item=None, rest=""):
        base = reverse("groupspace:paginas:list", args=[cast.space.pk])
        if isinstance(item, str):
            return base + item
        return f"{base}{item.pk}/{rest}" if item else base

    return url
