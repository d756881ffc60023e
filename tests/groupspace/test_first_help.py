"""Facilitator, coordinator and participant each read their own words at the first visit, once, and find them again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from groupspace.first_help import OURS
from groupspace.models import FirstHelp, Membership, Professional
from home.staff import ensure_staff_groups
from tests.cast import Cast, add_member, make_professional, make_user
from tests.logged_in import logged_in

LEADING, JOINING, FOLLOWING = "Nieuw als begeleider?", "Nieuw in deze groep?", "Nieuw als coördinator?"
DISMISS = "Begrepen, haal dit weg"


@pytest.fixture
def home(cast: Cast) -> str:
    return reverse("groupspace:space", args=[cast.space.pk])


@pytest.fixture
def again(cast: Cast) -> str:
    return reverse("groupspace:first-help", args=[cast.space.pk])


@pytest.fixture(autouse=True)
def _nothing_in_the_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


def test_each_reads_words_of_their_own_until_they_are_read_away(cast: Cast, home: str, again: str) -> None:
    leader, member = logged_in(cast.anna, verified=True), logged_in(cast.ben)
    assert LEADING in leader.get(home).content.decode()
    page = member.get(home).content.decode()
    assert JOINING in page
    assert LEADING not in page
    assert str(OURS["participant"])[:40] in page
    assert reverse("groupspace:own-place", args=[cast.space.pk]) in page

    assert member.post(again)["Location"] == home
    page = member.get(home).content.decode()
    assert JOINING not in page
    assert f'href="{again}"' in page, "it can be found again"
    assert LEADING in leader.get(home).content.decode(), "what one read away stays for the other"
    shown = member.get(again).content.decode()
    assert JOINING in shown
    assert DISMISS not in shown
    moment = Membership.objects.get(pk=cast.members["ben"].pk).introduced_at
    member.post(again)
    assert Membership.objects.get(pk=cast.members["ben"].pk).introduced_at == moment


def test_who_comes_in_anew_reads_it_and_who_is_outside_does_not(cast: Cast, home: str, again: str) -> None:
    Membership.objects.filter(space=cast.space).update(introduced_at="2026-01-01T00:00Z")
    add_member(cast.space, cast.dora, "Duif")
    assert JOINING in logged_in(cast.dora).get(home).content.decode()
    assert JOINING not in logged_in(cast.ben).get(home).content.decode()
    outside = logged_in(cast.frank, verified=True)
    assert outside.get(again).status_code == outside.post(again).status_code == 404


def test_coordinator_reads_it_once_and_finds_it_below(cast: Cast) -> None:
    user = make_professional("cora", cast.space.organisation)
    Professional.objects.filter(user=user).update(is_coordinator=True)
    browser, url = logged_in(user, verified=True), reverse("groupspace:organisation")
    page = browser.get(url).content.decode()
    assert FOLLOWING in page
    assert DISMISS in page
    assert browser.post(url).status_code == 302
    page = browser.get(url).content.decode()
    assert DISMISS not in page
    assert "<summary>Uitleg</summary>" in page
    assert str(OURS["coordinator"])[:40] in page
    assert logged_in(cast.anna, verified=True).post(url).status_code == 403


def test_staff_write_it_in_the_cms_and_it_shows_at_once(
    cast: Cast, home: str, django_capture_on_commit_callbacks: Any
) -> None:
    ensure_staff_groups()
    editor = make_user("beheer")
    editor.groups.add(Group.objects.get(name="Beheer"))
    browser, member = logged_in(editor, verified=True), logged_in(cast.ben)
    assert "Nieuw in deze groep?" in member.get(home).content.decode()
    address = f"/cms/settings/groupspace/firsthelp/{FirstHelp.load().pk}/"
    page = browser.get(address).content.decode()
    assert str(OURS["facilitator"])[:40] in page
    fields = {f"{reader}{part}": "" for reader in OURS for part in ("", "_url")}
    written = {"participant": "Lees <b>rustig</b> mee.\n\nTot zo.", "participant_url": "/over-ons/"}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address, {**fields, **written}).status_code == 302

    page = member.get(home).content.decode()
    assert "Lees &lt;b&gt;rustig&lt;/b&gt; mee." in page
    assert 'href="/over-ons/"' in page
    assert LEADING in logged_in(cast.anna, verified=True).get(home).content.decode()
    assert browser.post(address, {**fields, "participant_url": "javascript:alert(1)"}).status_code == 200


def test_it_costs_no_statement(cast: Cast, home: str, again: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    member = logged_in(cast.ben)
    member.get(home)
    with CaptureQueriesContext(connection) as before:
        assert JOINING in member.get(home).content.decode()
    member.post(again)
    with CaptureQueriesContext(connection) as after:
        assert JOINING not in member.get(home).content.decode()
    assert len(before) == len(after)
