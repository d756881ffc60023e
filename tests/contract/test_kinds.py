"""What every kind promises. A new kind is tested here before its author writes a test."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone
from django.utils.text import capfirst

from groupspace import actions, held, policy
from groupspace.actions.phases import erase
from groupspace.actor import actor_for
from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment, delete_comment, edit_comment, undo_comment
from groupspace.comments.kind import CommentedKind
from groupspace.conf import Pace
from groupspace.kinds import all_kinds, kinds_in
from groupspace.memory import memory_of
from groupspace.models import SpaceContent
from groupspace.notices.models import Notice, Wish
from groupspace.notices.spread import spread
from groupspace.permissions import Permission
from groupspace.search.models import Entry as Findable
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain
from groupspace.views import ItemView, SpaceView
from tests.cast import add_member, make_user
from tests.logged_in import logged_in

pytestmark = pytest.mark.contract

REPO = Path(__file__).resolve().parents[2]
#: Set by the test of a fresh kind, for the run it starts.
ONLY = os.environ.get("KRING_CONTRACT_KIND", "")
KINDS = [kind for kind in all_kinds() if ONLY in ("", kind.slug)]
WORD = "Zevenmijlslaars"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FINDERS = ("ben", "anna", "reader", "dora", "frank", "removed", "editor", "operator")
OUTSIDERS = ("dora", "frank", "removed", "editor", "operator")


@dataclass
class Address:
    """One address of a kind, with what the policy is asked there."""

    path: str
    action: str
    subject: Any


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


def addresses(kind: Any, item: Any) -> Iterator[Address]:
    """Every address in the kind's urls module, filled in for this item or for what hangs under it."""
    for pattern in import_module(kind.urls).urlpatterns:
        view = pattern.callback.view_class
        assert issubclass(view, SpaceView), f"{view.__name__} does not ask the policy."
        assert view.action
        arguments = pattern.pattern.converters
        assert all(isinstance(one, UUIDConverter) for one in arguments.values()), f"{pattern.name}: UUIDs only."
        subject: Any = item.space
        if issubclass(view, ItemView):
            subject = item if view.model is type(item) else _child(view.model, item)
        path = reverse(
            f"groupspace:{kind.slug}:{pattern.name}", args=[item.space_id, *([subject.pk] if arguments else [])]
        )
        yield Address(path, view.action, subject)


def _child(model: Any, item: Any) -> Any:
    """A row of another model of the kind that belongs to the item, such as the first post of a topic."""
    key = _way_to(type(item), model)
    assert key, f"{model.__name__} does not hang under the item."
    return model._default_manager.select_related(key).filter(**{key: item}).first()


def _way_to(target: Any, model: Any, deeper: bool = True) -> str:
    """The foreign key to the item's model, or to a model that has one."""
    keys = {field.name: field.related_model for field in model._meta.fields if field.related_model}
    if near := [name for name, to in keys.items() if to is target]:
        (key,) = near
        return key
    ours = {name: to for name, to in keys.items() if deeper and to._meta.app_label == target._meta.app_label}
    return next((f"{name}__{way}" for name, to in ours.items() if (way := _way_to(target, to, deeper=False))), "")


def both(browser: Client, path: str) -> list[Any]:
    return [browser.get(path), browser.post(path, {})]


def shows(response: Any, text: str = WORD) -> bool:
    return text in response.content.decode()


def shows_html(response: Any) -> bool:
    return response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")


def list_of(kind: Any, space: Any) -> str:
    return reverse(f"groupspace:{kind.slug}:list", args=[space.pk])


def home_of(space: Any) -> str:
    return reverse("groupspace:space", args=[space.pk])


@pytest.mark.django_db
def test_item_is_found_by_whoever_may_read_it_and_not_after_erasing(kind, item, people, cast):
    itself = Findable.objects.filter(part_id=item.pk, text__contains=WORD)
    assert itself.exists(), "The item itself, not only what is said under it."

    def finders():
        found = {name: people(name).get(reverse("groupspace:search"), {"q": WORD}) for name in FINDERS}
        return {name for name, page in found.items() if kind.url_of(item).rstrip("/") in page.content.decode()}

    assert finders() == {"ben", "anna", "reader"}
    actions.remove(cast.actor("anna"), cast.space.memberships.get(user=people.accounts["reader"]))
    assert finders() == {"ben", "anna"}

    for one in all_kinds():
        one.erase(cast.members["ben"])
    assert finders() == set()


def forms_on(page: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The forms on a page in which people write, with where they are sent; the same words stand in each field."""
    for form in BeautifulSoup(page.content, "html.parser").select("form:has([name=gs-ticket])"):
        sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        typed = form.select("textarea[name], input[type=text][name], input[type=url][name]")
        if typed:
            yield (
                form.get("action") or page.request["PATH_INFO"],
                sent | {f["name"]: "Eigen lange tekst" for f in typed},
            )


@pytest.mark.parametrize("gone", ["member", "item", "kind"])
def test_words_come_back_when_something_went_away_while_typing(kind, item, people, cast, gone):
    ben = people("ben")
    pages = [ben.get(address.path) for address in addresses(kind, item)]
    forms = [form for page in pages if shows_html(page) for form in forms_on(page)]
    assert forms, "Nobody can write anything in this kind?"
    if gone == "member":
        actions.remove(cast.actor("anna"), cast.members["ben"])
    elif gone == "item":
        kind.model.objects.filter(pk=item.pk).update(audience="self", author=cast.members["anna"])
        forms = [form for form in forms if str(item.pk) in form[0]]
    elif kind.optional:
        type(cast.space).objects.filter(pk=cast.space.pk).update(kinds_off=[kind.slug])
    else:
        return

    for action, sent in forms:
        answer = ben.post(action, sent)
        assert answer.status_code == 404, action
        words = BeautifulSoup(answer.content, "html.parser").main.textarea
        assert words, action
        assert "Eigen lange tekst" in words.text
        assert not shows(answer)
        assert item.space.name not in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert not shows(ben.post(action, sent | {"gs-ticket": "x"}), "Eigen lange tekst")


@pytest.mark.django_db
def test_kind_is_declared_whole(kind):
    assert issubclass(kind.model, SpaceContent)
    assert policy.policy_of(kind.model)
    assert kind.model._meta.app_label.startswith("groupspace_")
    assert not kind.model._meta.default_permissions
    assert re.fullmatch(r"[a-z][a-z0-9-]*", kind.slug)
    assert kind.label
    assert kind.label_plural
    assert kind.icon
    assert not kind.home_template or get_template(kind.home_template)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_addresses_hide_everything_from_outsiders(kind, item, people, who):
    browser = people(who)

    for address in addresses(kind, item):
        for response in both(browser, address.path):
            assert response.status_code == 404, address.path
            assert not shows(response)
            assert item.space.name not in response.content.decode()


def test_visitors_are_asked_to_log_in(kind, item, people):
    browser = people("anonymous")

    for address in addresses(kind, item):
        for response in both(browser, address.path):
            assert response.status_code == 302, address.path
            assert response.url.startswith("/account/login/?next=")


def test_unknown_item_looks_like_an_unknown_space(kind, item, people):
    browser = people("ben")
    for address in addresses(kind, item):
        if address.subject != item.space:
            path = address.path.replace(str(address.subject.pk), str(uuid4()))
            assert [response.status_code for response in both(browser, path)] == [404, 404]


def test_item_is_not_found_in_another_group(kind, item, people, cast):
    browser = people("frank")

    for address in addresses(kind, item):
        if address.subject != item.space:
            path = address.path.replace(str(item.space_id), str(cast.other.pk))
            assert [response.status_code for response in both(browser, path)] == [404, 404]


def test_members_without_the_permission_get_a_reason(kind, item, people):
    browser, actor = people("reader"), actor_for(people.accounts["reader"])
    refused = 0

    for address in addresses(kind, item):
        verdict = policy.can(actor, address.action, address.subject)
        for response in both(browser, address.path):
            if verdict:
                assert response.status_code in {200, 302, 404, 405, 422}, address.path
                continue
            refused += 1
            assert response.status_code == 403, address.path
            assert verdict.reason
            assert str(verdict.reason) in unescape(response.content.decode())

    assert refused


def test_members_read_it(kind, item, people):
    for who in ("ben", "ellen", "reader", "carla", "anna"):
        browser = people(who)
        assert shows(browser.get(kind.url_of(item)))
        assert shows(browser.get(list_of(kind, item.space)))
        assert browser.get(home_of(item.space)).status_code == 200
        assert not kind.home_template or shows(browser.get(home_of(item.space)))


def test_pages_are_never_kept_by_a_cache(kind, item, people):
    browser = people("ben")

    for address in addresses(kind, item):
        assert "no-store" in browser.get(address.path).headers["Cache-Control"]


def test_pages_render_for_none_one_and_many(kind, people, cast):
    browser = people("anna")

    for number in (0, 1, 30):
        for made in range(number):
            item = kind.make_example(cast.members["ben"], f"Nummer {number} {made}")
        assert browser.get(list_of(kind, cast.space)).status_code == 200
        assert browser.get(home_of(cast.space)).status_code == 200
    assert browser.get(kind.url_of(item)).status_code == 200


def test_number_of_queries_does_not_grow(kind, item, people):
    browser = people("anna")
    paths = [list_of(kind, item.space), home_of(item.space), kind.url_of(item)]

    def count() -> list[int]:
        counts = []
        for path in paths:
            browser.get(path)  # the first visit writes what was read
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = count()
    authors = [
        item.author,
        *item.space.memberships.active().exclude(display_name="Lezer").select_related("space", "user"),
    ]
    for number in range(49):
        kind.make_example(authors[number % len(authors)], f"Nummer {number}")

    assert count() == few


def test_address_of_an_item_says_nothing(kind, item):
    for path in (kind.url_of(item), *(address.path for address in addresses(kind, item))):
        assert not re.search(r"\d", UUID.sub("", path)), path
        assert WORD.lower() not in path.lower()


def test_narrower_audience_holds_in_list_detail_and_on_the_home_page(kind, item, people):
    readers = {"facilitators": ("ben", "anna", "carla"), "self": ("ben",)}

    for audience, allowed in readers.items():
        kind.model.objects.filter(pk=item.pk).update(audience=audience)
        for who in ("ben", "ellen", "reader", "anna", "carla", "operator"):
            browser = people(who)
            detail = browser.get(kind.url_of(item))
            pages = [detail, browser.get(list_of(kind, item.space)), browser.get(home_of(item.space))]
            if who in allowed:
                assert detail.status_code == 200
                assert shows(pages[1])
            else:
                assert detail.status_code == 404, (audience, who)
                assert not any(shows(page) for page in pages), (audience, who)


def test_space_that_closed_hides_it_and_one_to_read_takes_nothing(kind, item, people):
    type(item.space).objects.filter(pk=item.space_id).update(state="read_only")
    assert people("ben").get(kind.url_of(item)).status_code == 200
    found = list(addresses(kind, item))
    assert 403 in {r.status_code for address in found for r in both(people("ben"), address.path)}

    type(item.space).objects.filter(pk=item.space_id).update(state="closed")
    assert people("ben").get(kind.url_of(item)).status_code == 404


def test_where_a_facilitator_reads_first_it_waits_for_one(kind, people, cast):
    type(cast.space).objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()
    people("reader")
    reader = cast.space.memberships.get(user=people.accounts["reader"])
    Wish.objects.create(membership=reader, kind="", level="all")  # wants to hear everything
    knowing, others = ("ben", "anna", "carla"), ("ellen", "reader", *OUTSIDERS)
    item = kind.make_example(cast.members["ben"], f"{WORD} van ben")
    places = [reverse("groupspace:stream:mine"), reverse("groupspace:notices:list"), list_of(kind, cast.space)]
    places += [reverse("groupspace:stream:space", args=[cast.space.pk]), home_of(cast.space)]

    for who in others:
        assert people(who).get(kind.url_of(item)).status_code == 404
        assert not any(shows(people(who).get(place)) for place in places), who
    assert not Findable.objects.filter(item_id=item.pk).exists()
    assert not Happening.objects.filter(item_id=item.pk).exists()
    assert all(shows(people(who).get(kind.url_of(item))) for who in knowing)
    assert all(shows(people(who).get(list_of(kind, cast.space))) for who in knowing)

    to_read = reverse("groupspace:waiting", args=[cast.space.pk])
    assert [people(who).get(to_read).status_code for who in ("ben", "ellen", "dora")] == [403, 403, 404]
    assert shows(people("anna").get(to_read))
    waits = list(held.waiting(cast.actor("anna"), cast.space))
    assert waits
    for row in waits:
        address = reverse("groupspace:release", args=[cast.space.pk, row[1]])
        assert people("ben").post(address).status_code == 403
        assert people("anna").post(address).status_code == 302
    assert not held.waiting(cast.actor("anna"), cast.space)

    assert shows(people("ellen").get(kind.url_of(item)))
    assert all(shows(people("ellen").get(place)) for place in places[2:4])
    assert Findable.objects.filter(part_id=item.pk, text__contains=WORD).exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        spread()
    assert Notice.objects.get(item_id=item.pk, read_at=None).membership == reader  # the others saw it before
    item.refresh_from_db()
    for address in addresses(kind, item):
        rewords = getattr(policy.policy_of(type(address.subject)), "rewords", ())
        if address.subject != item.space and address.action in rewords:
            assert not policy.can(cast.actor("ben"), address.action, address.subject), address.path


def said_before(kind: Any, item: Any, cast: Any) -> tuple[Any, str]:
    """A comment of ben that said something else before, with the address of what it said."""
    comment = item.comments.get(author=cast.members["ben"])
    comment.item = item
    edit_comment(cast.actor("ben"), comment, body=from_plain("Hinkelsteen."))
    edit_comment(cast.actor("ben"), comment, body=from_plain("Toch anders."))
    return comment, reverse(f"groupspace:{kind.slug}:comment-versions", args=[item.space_id, comment.pk])


TALKED_UNDER = [kind for kind in KINDS if isinstance(kind, CommentedKind)]


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("audience", ["space", "facilitators", "self"])
def test_what_a_comment_said_before_is_for_who_reads_it_now(kind, item, people, cast, audience):
    _comment, address = said_before(kind, item, cast)
    readers = {"space": {"ben", "ellen", "reader", "anna", "carla"}, "facilitators": {"ben", "anna", "carla"}}
    kind.model.objects.filter(pk=item.pk).update(audience=audience)

    for who in ("ben", "ellen", "reader", "anna", "carla", *OUTSIDERS):
        page, here = people(who).get(address), people(who).get(kind.url_of(item))
        expected = 200 if who in readers.get(audience, {"ben"}) else 404
        assert (page.status_code, here.status_code) == (expected, expected)
        assert shows(page, "Hinkelsteen") == (page.status_code == 200)
        assert shows(page) == (page.status_code == 200)
        assert not shows(here, "Hinkelsteen")
        assert shows(here, address) == (here.status_code == 200)
    for who in FINDERS:
        assert "/reactie" not in people(who).get(reverse("groupspace:search"), {"q": "Hinkelsteen"}).content.decode()
    assert "Hinkelsteen" in str(kind.export(cast.members["ben"]))
    assert "Hinkelsteen" not in str(kind.export(cast.members["anna"]))


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("how", ["taken away", "taken away by another", "erased", "held back"])
def test_what_a_comment_said_before_goes_with_it(kind, item, people, cast, how):
    comment, address = said_before(kind, item, cast)
    assert "Hinkelsteen" in everything()
    if how == "erased":
        kind.erase(cast.members["ben"])
    elif how == "held back":  # while it waits, only who wrote it and who reads first
        type(comment).objects.filter(pk=comment.pk).update(held_at=timezone.now())
    else:
        who = "anna" if "another" in how else "ben"
        delete_comment(cast.actor(who), comment, reason="Dit hoort hier niet.")

    statuses = {who: people(who).get(address).status_code for who in ("ben", "anna", "ellen", "reader")}
    if how == "held back":
        assert statuses == {"ben": 200, "anna": 200, "ellen": 404, "reader": 404}
    else:
        assert set(statuses.values()) == {404}
        assert "Hinkelsteen" not in everything()


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_comment_is_taken_back_right_after_it_was_sent(kind, item, people, cast):
    ben = people("ben")
    send = reverse(f"groupspace:{kind.slug}:comment-create", args=[item.space_id, item.pk])
    ben.post(send, {"body": "Hinkelsteen"})
    comment = item.comments.order_by("pk").last()
    address = reverse(f"groupspace:{kind.slug}:comment-undo", args=[item.space_id, comment.pk])
    assert shows(ben.get(kind.url_of(item)), address)
    assert not shows(people("ellen").get(kind.url_of(item)), address)
    assert people("ellen").post(address).status_code == 403

    with time_machine.travel(timezone.now() + timedelta(seconds=62)):
        assert not shows(ben.get(kind.url_of(item)), address)
        assert ben.post(address).status_code == 403
    answer = ben.post(address)

    form = BeautifulSoup(ben.get(answer.url).content, "html.parser").select_one("#reageer textarea")
    assert "Hinkelsteen" in form.text
    assert not type(comment).objects.filter(pk=comment.pk).exists()
    assert not Findable.objects.filter(part_id=comment.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        spread()
    assert not Happening.objects.filter(part_id=comment.pk).exists()
    assert not shows(people("ellen").get(kind.url_of(item)), "Hinkelsteen")


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_comment_taken_back_keeps_its_place_when_somebody_reacted(kind, item, cast):
    comment = item.comments.get()
    add_comment(cast.actor("ellen"), type(comment), item, body=from_plain("Herkenbaar."))

    undo_comment(cast.actor("ben"), comment)

    comment.refresh_from_db()
    assert (comment.body, comment.deleted_by) == ("", cast.members["ben"])


def test_erasing_the_space_leaves_no_trace(kind, item, cast):
    texts = [WORD, *kind.texts_of(item)]

    erase(cast.space)

    left = everything()
    assert not [text for text in texts if text in left]


def test_export_holds_what_its_author_wrote_and_nothing_else(kind, item, cast):
    kind.make_example(cast.members["anna"], "Hinkelsteen van anna")
    texts = list(kind.texts_of(item))
    assert texts
    assert any(WORD in text for text in texts)

    mine = json.dumps(kind.export(cast.members["ben"]), ensure_ascii=False)
    hers = json.dumps(kind.export(cast.members["anna"]), ensure_ascii=False)

    assert all(json.dumps(text, ensure_ascii=False)[1:-1] in mine for text in texts)
    kept = [one for one in memory_of(cast.members["ben"]) if one.kind == capfirst(str(kind.label))]
    remembered = "\n".join(word for one in kept for word in (one.title, *(part.text for part in one.parts)))
    assert all(text in remembered for text in texts)
    assert "Hinkelsteen" not in mine
    assert "Hinkelsteen" in hers
    assert WORD not in hers
    assert kind.export(cast.members["carla"]) == []


def test_log_holds_no_words(kind, item, people):
    found = list(addresses(kind, item))  # one of them takes the item away
    for who in ("ben", "anna"):
        for address in found:
            both(people(who), address.path)

    assert Entry.objects.exists()
    assert WORD not in str(list(Entry.objects.values()))


def test_erasing_leaves_no_trace_and_leaves_others_alone(kind, item, people, cast):
    hers = kind.make_example(cast.members["anna"], "Hinkelsteen van anna")
    people("anna").get(kind.url_of(item))
    texts = [WORD, *kind.texts_of(item)]
    kept = list(kind.texts_of(hers))
    assert WORD in everything()

    assert kind.erase(cast.members["ben"]) > 0

    left = everything()
    assert not [text for text in texts if text in left]
    assert kind.export(cast.members["ben"]) == []
    assert list(kind.texts_of(kind.model.objects.get(pk=hers.pk))) == kept
    assert people("anna").get(list_of(kind, cast.space)).status_code == 200
    assert kind.erase(cast.members["ben"]) == 0


def everything() -> str:
    """The whole database as one text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  quoted
            rows += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(rows)


FRESH_SETTINGS = """
from config.settings.test import *

INSTALLED_APPS = [*INSTALLED_APPS, "sketchbooks"]
DATABASES["default"].setdefault("TEST", {"NAME": "test_fresh_kind_%(pid)d"})
TESTS_MIGRATE = True
"""

if not ONLY:

    @pytest.mark.long
    def test_fresh_kind_keeps_every_promise(tmp_path):
        (tmp_path / "fresh.py").write_text(FRESH_SETTINGS % {"pid": os.getpid()})
        paths = os.pathsep.join([str(tmp_path), str(REPO), str(REPO / "site")])
        plain = {**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        fresh = {**plain, "DJANGO_SETTINGS_MODULE": "fresh", "KRING_CONTRACT_KIND": "sketchbooks"}
        fresh = {name: value for name, value in fresh.items() if not name.startswith("PYTEST_")}
        manage = [sys.executable, str(REPO / "manage.py")]

        run([*manage, "startkind", "sketchbooks"], plain, tmp_path)
        run([*manage, "makemigrations", "groupspace_sketchbooks"], fresh, tmp_path)
        own_tests = tmp_path / "sketchbooks" / "tests"
        (own_tests / "conftest.py").write_text("from tests.cast import cast\n")
        pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=fresh"]
        output = run([*pytest_, "tests/contract/test_kinds.py", str(own_tests)], fresh, REPO)

        assert "test_fresh" not in output
        assert re.search(r"\b\d\d passed", output), output

    def test_startkind_refuses_what_would_not_work(tmp_path):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        for name in ("9lives", "mijn-soort", "json"):
            command = [sys.executable, str(REPO / "manage.py"), "startkind", name]
            done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 1
            assert "CommandError" in done.stderr
            assert not list(tmp_path.iterdir())


def run(command: list[str], environment: dict[str, str], cwd: Path) -> str:
    """Run a command that must succeed; returns what it said."""
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
