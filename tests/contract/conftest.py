"""Each kind, an item of it, and the people who come by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from groupspace import actions
from groupspace.conf import Pace
from groupspace.kinds import kinds_in
from groupspace.permissions import Permission
from tests.cast import add_member, make_user
from tests.contract.subject import (
    KINDS,
    WORD,
)
from tests.logged_in import logged_in


@pytest.fixture(params=KINDS, ids=lambda kind: kind.slug)
def kind(request):
    return request.param


@pytest.fixture(autouse=True)
def _many_at_once(settings):
    """Here one person makes more in a second than a person would."""
    settings.GROUPSPACE = {**settings.GROUPSPACE, "POSTS": Pace(times=1000, within=timedelta(minutes=10))}


@pytest.fixture
def people(cast):
    """`people("removed")`: a browser of each member, former member and outsider."""
    removed, reader = make_user("removed"), make_user("reader")
    gone = add_member(cast.space, removed, "Weg")
    add_member(cast.space, reader, "Lezer")
    actions.remove(cast.actor("anna"), gone)
    reading = cast.space.memberships.get(user=reader)
    actions.set_exceptions(cast.actor("anna"), reading, {Permission.POST: False, Permission.UPLOAD: False})
    cast.editor.groups.add(Group.objects.get_or_create(name="Redactie")[0])
    accounts = {"removed": removed, "reader": reader}

    def browser(name: str) -> Client:
        if name == "anonymous":
            return Client()
        user = accounts.get(name) or getattr(cast, name)
        return logged_in(user, verified=name in {"anna", "carla", "frank", "editor", "operator"})

    browser.accounts = accounts
    return browser


@pytest.fixture
def item(kind, cast):
    """What ben wrote."""
    assert kind in kinds_in(cast.space), "A kind that cannot live in a group needs a space of its own in this test."
    return kind.make_example(cast.members["ben"], f"{WORD} van ben")
