"""What no list of pages names is for everyone too: each address of the access table, so that none is forgotten."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import resolve

from tests.e2e.addresses import ALL, Places
from tests.e2e.everyone import is_for_everyone
from tests.e2e.everywhere import in_space, on_site

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]


def looked_at_elsewhere() -> set[str]:
    """The names of all pages in the lists of `addresses.py`."""
    places = Places(SimpleNamespace(pk=lambda *_question: uuid4()))  # type: ignore[arg-type]  # any id will do
    paths = [kind.where if isinstance(kind.where, str) else kind.where(places) for kind in ALL if kind.status == 200]
    return {resolve(path.partition("?")[0]).view_name for path in paths}


@pytest.mark.parametrize("who", ["anna", "ben"])
def test_every_other_page_is_for_everyone(who: str, world: Any, open_as: Any) -> None:
    done = looked_at_elsewhere() | (in_space(world, "anna").keys() if who == "ben" else set())
    page = open_as(who)
    for name, url in ({**in_space(world, who), **on_site(who)}).items():
        if name in done:
            continue
        # What is no page, such as a picture, Chromium puts in a page of its own, with a style that our policy refuses.
        answer = page.request.get(url)
        assert answer.status == 200, name
        if answer.url.endswith(url) and answer.headers["content-type"].startswith("text/html"):
            page.goto(url)
            is_for_everyone(page)
