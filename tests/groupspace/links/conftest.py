"""Links in the fixed group, and browsers for its members."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from groupspace.conf import Pace
from groupspace.links import actions
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in


@pytest.fixture(autouse=True)
def _many_at_once(settings):
    """Here one person shares more in a second than a person would."""
    settings.GROUPSPACE = {**settings.GROUPSPACE, "POSTS": Pace(times=1000, within=timedelta(minutes=10))}


@pytest.fixture
def log_in(cast):
    """`log_in("ben")`: a browser of this person, with the second step where they have power."""
    Client().get(reverse("safety:how"))  # menu and crisis lines come from the cache, as on a site that runs

    def enter(name):
        return logged_in(getattr(cast, name), verified=name not in {"ben", "dora", "ellen"})

    return enter


@pytest.fixture
def share(cast, as_actor):
    """`share("ben", "https://…")`: a link by this person in the group."""

    def share(name="ben", url="https://www.voorbeeld.nl/rust", title="Rust", why="Dit hielp mij.", **more):
        return actions.add_link(as_actor(name), cast.space, title=title, url=url, description=from_plain(why), **more)

    return share


@pytest.fixture
def url(cast):
    """`url()`: the list; `url(link)`: a link; `url(link, "bewerk/")`: another page about it."""

    def url(item=None, rest=""):
        base = reverse("groupspace:links:list", args=[cast.space.pk])
        if isinstance(item, str):
            return base + item
        return f"{base}{item.pk}/{rest}" if item else base

    return url
