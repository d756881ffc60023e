"""What every kind promises. A new kind is tested here before its author writes a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from groupspace import actions, policy
from groupspace.models import SpaceContent
from tests.contract.subject import (
    UUID,
    WORD,
    addresses,
    home_of,
    list_of,
    shows,
    shows_html,
)

pytestmark = pytest.mark.contract


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
