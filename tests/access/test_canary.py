"""Unique strings in every private field; none of them may ever reach someone who has no right to it.

Outsiders of every sort ask for thousands of addresses, taken from pages of members, changed at random, with odd
parameters and headers. Bodies, headers, redirects, mail, logs, search and caches are searched for the strings in
the forms in which they could leak.
"""

from __future__ import annotations

import base64
import html
import itertools
import logging
import random
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from groupspace import actions
from groupspace.forum import actions as forum
from groupspace.kinds import all_kinds, kinds_in
from groupspace.models import Membership, Space
from groupspace.text.sanitiser import from_plain
from tests.access.test_matrix import cms_addresses
from tests.cast import Cast, make_user, unverified
from tests.counts import count
from tests.logged_in import logged_in

pytestmark = [pytest.mark.canary, pytest.mark.django_db]

_numbers = itertools.count(1000)


def canary(field: str) -> str:
    """A string that occurs nowhere else, for one field."""
    return f"Kanarie{field}{next(_numbers)}"


def disguises(secret: str) -> set[str]:
    """The forms in which a string could leak."""
    return {
        secret,
        secret.lower(),
        quote(secret),
        html.escape(secret),
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
        secret.encode("utf-16-le").hex(),
        secret.encode().hex(),
    }


class Nest:
    """A hidden group with a canary in each of its private fields, filled through the real actions."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        names = ("name", "summary", "about", "welcome", "theme", "question", "topic", "body", "reply", "asker")
        names += ("answer", "label", "nickname", "nickname2", "draft", "lonely", "rules", "protocol", "note")
        names += tuple(kind.slug for kind in all_kinds())
        self.secret = {name: canary(name) for name in names}
        space = cast.space
        self.fill(space)
        self.space = Space.objects.get(pk=space.pk)
        self.forms = {form for secret in self.secret.values() for form in disguises(secret)}
        self.pattern = re.compile("|".join(re.escape(form) for form in sorted(self.forms)), re.IGNORECASE)

    def fill(self, space: Space) -> None:
        cast, s = self.cast, self.secret
        anna, ben = cast.actor("anna"), cast.actor("ben")
        fields = {name: s[name] for name in ("name", "summary", "about", "welcome", "theme")}
        # Listed for a moment, so that someone can ask to join; hidden from then on.
        actions.change_space(anna, space, visibility="listed", questions=[s["question"]], **fields)
        stranger = unverified(make_user())
        self.request = actions.request_to_join(
            stranger, space, display_name=s["asker"], answers=[(s["question"], s["answer"])]
        )
        actions.note_request(anna, self.request, note=s["note"])
        actions.change_space(anna, space, visibility="hidden")
        Space.objects.filter(pk=space.pk).update(house_rules=s["rules"])
        fields = ("contact", "location", "anonymous", "outside_hours")
        actions.write_crisis_protocol(anna, space, phone="0800-2000", **dict.fromkeys(fields, s["protocol"]))
        actions.rename_self(ben, space, display_name=s["nickname"])
        actions.rename_self(cast.actor("carla"), space, display_name=s["nickname2"])
        self.invitation, self.code = actions.invite(anna, space, role="participant", label=s["label"])
        self.secret["code"] = self.code
        self.post = forum.start_topic(ben, space, title=s["topic"], body=from_plain(s["body"]))
        self.reply = forum.reply(cast.actor("carla"), self.post.topic, body=from_plain(s["reply"]))

        for kind in kinds_in(space):  # a new kind is looked after from its first day
            kind.make_example(Membership.objects.get(space=space, user=cast.ben), s[kind.slug])

    def leaks_in(self, *texts: str) -> set[str]:
        return {match.group() for text in texts for match in self.pattern.finditer(text)}


@pytest.fixture
def nest(cast: Cast) -> Nest:
    return Nest(cast)


@pytest.fixture
def outsiders(nest: Nest) -> dict[str, Client]:
    """Everyone who has no business in the group."""
    cast = nest.cast
    removed = make_user()
    membership = actions.accept_invitation(
        unverified(removed),
        actions.invite(cast.actor("anna"), nest.space, role="participant")[0],
        display_name="Kort",
    )
    before = logged_in(removed)
    before.get(reverse("groupspace:space", args=[nest.space.pk]))
    actions.remove(cast.actor("anna"), membership)
    return {
        "visitor": Client(),
        "client without a group": logged_in(cast.dora),
        "removed member, still logged in": before,
        "facilitator of another group": logged_in(cast.frank, verified=True),
        "professional": logged_in(cast.pim, verified=True),
        "operator": logged_in(cast.operator, verified=True),
        "operator without the second step": logged_in(make_user(is_superuser=True)),
    }


def member_addresses(nest: Nest) -> list[str]:
    """All addresses of the group that a facilitator finds by following links and forms."""
    leader = logged_in(nest.cast.anna, verified=True)
    todo, found = [reverse("groupspace:space", args=[nest.space.pk])], []
    while todo:
        url = todo.pop()
        if url in found:
            continue
        found.append(url)
        page = body(leader.get(url))
        links = re.findall(r'(?:href|action|hx-get|hx-post)="([^"#]+)', page)
        todo += [html.unescape(link) for link in links if f"/{nest.space.pk}/" in link]
    return found


def is_wagtails_own_fault(response: Any, url: str) -> bool:
    """Whether one of Wagtail's own pages for staff failed over a word where a number belongs."""
    view = resolve(url.partition("?")[0]).func
    module = getattr(view, "view_class", view).__module__
    fault = response.exc_info[1]
    return module.startswith("wagtail.") and isinstance(fault, ValueError) and "expected a number" in str(fault)


def body(response: Any) -> str:
    """The text of an answer, also of a file that is sent in pieces."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def whole(response: Any) -> str:
    """Everything one gets to see of an answer."""
    return "\n".join([*(f"{k}: {v}" for k, v in response.headers.items()), body(response)])


def test_the_search_can_find_something(nest: Nest) -> None:
    """The control: a member does get the strings, so a leak would show."""
    page = whole(logged_in(nest.cast.ben).get(reverse("groupspace:space", args=[nest.space.pk])))

    assert {nest.secret["name"], nest.secret["welcome"], nest.secret["topic"]} <= nest.leaks_in(page)


def test_outsiders_never_get_a_private_string(
    nest: Nest, outsiders: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for browser in outsiders.values():
        browser.raise_request_exception = False  # the page of an error is looked through as well
    chance = random.Random(20261122)  # noqa: S311  the same requests in every run
    ours = member_addresses(nest)
    assert len(ours) > 15
    public = [
        "/",
        "/zoeken/",
        "/groep/",
        "/groep/uitnodiging/",
        "/sitemap.xml",
        "/account/",
        "/account/sessies/",
        "/weg/hulp-nu/",
    ]
    cms = cms_addresses()
    words = list(nest.secret.values())
    for _number in range(count(600, 10_000)):
        who = chance.choice(list(outsiders))
        url = chance.choice(chance.choice([ours, ours, public, cms]))
        if chance.random() < 0.3:
            url = chance.choice(
                [url.rstrip("/"), url.upper(), url + "?page=2", url + "..;/", url.replace("/", "//", 1)]
            )
        given = dict(chance.sample([("next", ours[0]), ("page", "1"), ("format", "json"), ("order", "name")], 2))
        headers = chance.choice(
            [{}, {"HX-Request": "true"}, {"Accept": "application/json"}, {"X-HTTP-Method-Override": "GET"}]
        )
        method = chance.choice(["get", "get", "get", "post", "head", "options"])
        with transaction.atomic():
            response = getattr(outsiders[who], method)(url, given, headers=headers)
            transaction.set_rollback(True)
        assert response.status_code < 500 or is_wagtails_own_fault(response, url), (who, method, url)
        # What the asker typed may come back; here nobody types a secret.
        assert nest.leaks_in(whole(response)) == set(), (who, method, url)
    for word in words:
        page = outsiders["operator"].get("/zoeken/", {"q": word})
        assert nest.leaks_in(whole(page).replace(word, "")) == set()
    assert nest.leaks_in(caplog.text) == set()
    assert nest.leaks_in(*(f"{m.subject}{m.body}{m.from_email}" for m in mail.outbox)) == set()


def test_pages_of_members_are_not_kept_anywhere(nest: Nest) -> None:
    member = logged_in(nest.cast.ben)
    for url in (reverse("groupspace:space", args=[nest.space.pk]), f"/groep/{nest.space.pk}/gesprekken/", "/groep/"):
        assert "no-store" in member.get(url)["Cache-Control"]

    kept = "".join(repr(value) for value in getattr(cache, "_cache", {}).values())
    assert nest.leaks_in(kept) == set()


def test_titles_of_private_pages_tell_nothing(nest: Nest) -> None:
    leader = logged_in(nest.cast.anna, verified=True)
    for url in member_addresses(nest):
        response = leader.get(url)
        if response.get("Content-Disposition"):
            continue  # a file, with the name its owner gave it
        titles = re.findall(r"<title>(.*?)</title>", body(response), re.DOTALL)
        assert len(titles) == 1 or response.status_code in {302, 405}, url
        assert nest.leaks_in(*titles) == set(), url


def test_only_their_own_tables_hold_what_people_wrote(nest: Nest) -> None:
    """The strings stand in the columns that are meant for them, and nowhere else in the database."""
    from django.apps import apps

    meant = {
        "groupspace.CrisisProtocol",
        "groupspace.Space",
        "groupspace.JoinQuestion",
        "groupspace.JoinRequest",
        "groupspace.Membership",
        "groupspace.Invitation",
        "groupspace_search.Entry",
        "groupspace_storage.Upload",
    }
    kinds = {kind.model._meta.app_label for kind in all_kinds()}
    for model in apps.get_models():
        if model._meta.label in meant or model._meta.app_label in kinds or not model._meta.managed:
            continue
        rows = "".join(repr(row) for row in model._default_manager.values_list())
        assert nest.leaks_in(rows) == set(), model._meta.label


def test_codes_of_invitations_are_stored_nowhere(nest: Nest) -> None:
    from groupspace.models import Invitation

    code = nest.code.replace("-", "")
    assert not any(code in repr(row) or nest.code in repr(row) for row in Invitation.objects.values_list())
