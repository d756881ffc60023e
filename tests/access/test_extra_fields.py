"""Fields that no form has: role, author, audience, state. Whoever sends them along gets nothing of it.

Every address that takes a POST gets them, from a member and from a leader, empty and filled in.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace.kinds import all_kinds
from groupspace.models import Membership, Professional, Space
from tests.access.table import SITE, SPACE
from tests.access.test_matrix import in_parts, made_up

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]

#: Addresses where one of these fields is what the form is about; there the named field is left out.
ASKED = {
    "groupspace:member": {"role"},
    "groupspace:hand-over": {"role"},
    "groupspace:invitations": {"role"},
    "groupspace:invitations-mail": {"role"},
    "groupspace:gesprekken:topic-create": {"audience"},
    "groupspace:gesprekken:scheduled-create": {"audience"},
    "groupspace:gesprekken:scheduled-edit": {"audience"},
}
FILLED = {
    "title": "Gewoon",
    "body": "<p>Gewoon</p>",
    "name": "Gewoon",
    "description": "Gewoon",
    "url": "https://example.org/",
    "question": "Gewoon?",
    "options": "Ja\nNee",
    "display_name": "Gewoon",
    "sort": "conversation",
}
#: What says who somebody is, and whose, where and how open something is.
ABOUT_PEOPLE = ("role", "state", "space_id", "user_id", "rules_version")
ABOUT_ITEMS = ("author_id", "space_id", "audience", "created_at")


def extra(world: Any) -> dict[str, str]:
    other = world.other
    return {
        "role": "facilitator",
        "space": str(other["space"].pk),
        "space_id": str(other["space"].pk),
        "author": str(other["member"].pk),
        "author_id": str(other["member"].pk),
        "membership": str(other["member"].pk),
        "user": str(world.cast.frank.pk),
        "audience": "self",
        "state": "erased",
        "held_at": "",
        "created_at": "2001-01-01T00:00",
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "is_professional": "on",
        "is_coordinator": "on",
    }


def power() -> Any:
    """Who may what on the site, and whose account it is."""
    users = get_user_model().objects.order_by("pk").values_list("pk", "is_superuser", "is_active")
    return list(users), sorted(Professional.objects.values_list("user_id", "is_coordinator"))


def places() -> Any:
    """Who is what in which space, and what state each space is in."""
    people = {row[0]: row[1:] for row in Membership.objects.values_list("pk", *ABOUT_PEOPLE)}
    return people, sorted(map(str, Space.objects.values_list("pk", "state", "kind", "visibility")))


def items() -> dict[Any, dict[str, Any]]:
    """Of every item of every kind whose it is, where, and who reads it."""
    found = {}
    for kind in all_kinds():
        names = [field.attname for field in kind.model._meta.concrete_fields if field.attname in ABOUT_ITEMS]
        found |= {row["pk"]: row for row in kind.model._base_manager.values("pk", *names)}
    return found


def try_all(name: str, url: str, browser: Client, fields: dict[str, str], mine: Membership | None) -> None:
    before, were, there = power(), places(), items()
    for given in (fields, fields | FILLED):
        cache.clear()
        with transaction.atomic():
            browser.post(url, given)
            after, are, now_there = power(), places(), items()
            transaction.set_rollback(True)
        assert after == before, (name, "power on the site")
        for pk, row in were[0].items():
            assert are[0][pk][0] == row[0], (name, "role")
            assert are[0][pk][2:4] == row[2:4] or are[0][pk][3] is None, (name, "whose membership")
        assert not any("'erased'" in one for one in are[1]), (name, "state")
        for pk, row in now_there.items():
            if pk in there:
                kept = ("author_id", "space_id", "audience", "created_at")
                assert {key: row.get(key) for key in kept} == {key: there[pk].get(key) for key in kept}, (name, "item")
            else:
                assert mine is not None
                assert (row["author_id"], row["space_id"]) == (mine.pk, mine.space_id), (name, "new item")
                assert row.get("audience", "space") == "space", (name, "audience")
                assert row.get("created_at", timezone.now()).year >= timezone.now().year - 1, (name, "moment")


@in_parts(name for name, row in SPACE.items() if "POST" in row.methods)
def test_fields_that_a_form_does_not_have_do_nothing_in_a_space(
    names: list[str], world: Any, browsers: dict[str, Client], subtests: pytest.Subtests
) -> None:
    for name in names:
        row = SPACE[name]
        args = {"space": world.own["space"].pk, **({"item": world.own[row.item].pk} if row.item else {})}
        left_out = ASKED.get(name, set())
        fields = {key: value for key, value in extra(world).items() if key not in left_out}
        for who in ("ben", "anna"):
            with subtests.test(name, who=who):
                mine = world.cast.members[who]
                try_all(name, reverse(name, kwargs=args), browsers[who], dict(row.data) | fields, mine)


@in_parts(name for name, row in SITE.items() if "POST" in row.methods and name != "groupspace:space-create")
def test_fields_that_a_form_does_not_have_do_nothing_elsewhere(
    names: list[str], world: Any, browsers: dict[str, Client], subtests: pytest.Subtests
) -> None:
    for name in names:
        with subtests.test(name):
            kwargs = {"item": world.own["request"].pk} if name == "groupspace:request-withdraw" else made_up(name)
            try_all(name, reverse(name, kwargs=kwargs), browsers["dora"], extra(world), None)
