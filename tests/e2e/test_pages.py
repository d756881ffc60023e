"""Every kind of page, also those for when something is wrong, is for everyone."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.e2e.addresses import ALL, Places
from tests.e2e.everyone import is_for_everyone
from theme.errors import broken

pytestmark = pytest.mark.e2e


@pytest.fixture
def places(site):
    return Places(site)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_page_is_for_everyone(kind, as_person, places):
    page = as_person(kind.who)
    kind.go(page, places)

    is_for_everyone(page)


@pytest.mark.parametrize("status", [500, 503])
def test_broken_page_is_for_everyone(status, open_browser):
    page = open_browser()
    body = broken(HTTPStatus(status)).content.decode()
    page.route("**/kapot/", lambda route: route.fulfill(status=status, content_type="text/html", body=body))

    page.goto("/kapot/")

    is_for_everyone(page)
