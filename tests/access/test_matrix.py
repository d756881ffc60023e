"""Every address for everyone, with every method, in their own space and in another, against the one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import EVERYONE, MEMBERS, PUBLIC_FILES, SAME_VIEWS, SITE, SPACE, InSpace, OnSite
from tests.logged_in import logged_in

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
#: What a page may answer to someone who may use it: shown, done, or the form came back with sentences.
FINE = {200, 302, 400, 422}


def ask(client: Client, method: str, url: str, data: tuple[tuple[str, str], ...] = ()) -> Any:
    """One request whose traces are taken back, in the database and in the browser."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        response = client.post(url, dict(data)) if method == "post" else getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return response


def in_parts(names: Iterable[str]) -> Any:
    """Gives a test the addresses in eight parts: making the world anew for each address takes most of the time."""
    names = sorted(names)
    return pytest.mark.parametrize("names", [names[part::8] for part in range(8)], ids=map(str, range(8)))


def is_login(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account:login"))


def walk(entries: list[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All patterns with their full names."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name or ''}", entry


def test_every_address_stands_in_the_table() -> None:
    outside_cms = [entry for entry in get_resolver().url_patterns if str(entry.pattern) != "cms/"]
    names = {name for name, _pattern in walk(outside_cms)}

    assert names == {*SPACE, *SITE, *SAME_VIEWS, *PUBLIC_FILES}


def test_two_factor_has_no_view_of_its_own() -> None:
    views = {name: pattern.callback for name, pattern in walk(get_resolver().url_patterns)}
    ours = {getattr(view, "view_class", view) for name, view in views.items() if name.startswith("account:")}

    assert {getattr(view, "view_class", view) for name, view in views.items() if name.startswith("two_factor:")} <= ours


def test_every_private_page_names_its_action() -> None:
    for name, pattern in walk(get_resolver().url_patterns):
        if name.startswith("groupspace:") and not name.startswith("groupspace:text:"):
            assert getattr(pattern.callback.view_class, "action", ""), name


@in_parts(SPACE)
def test_in_a_space(names: list[str], world: Any, browsers: dict[str, Client], subtests: pytest.Subtests) -> None:
    for name in names:
        cache.clear()  # nobody did anything often
        with subtests.test(name):
            try_in_a_space(name, world, browsers)


def try_in_a_space(name: str, world: Any, browsers: dict[str, Client]) -> None:
    row: InSpace = SPACE[name]
    own, other = world.own, world.other
    args = {"space": own["space"].pk, **({"item": own[row.item].pk} if row.item else {})}
    elsewhere = {"space": other["space"].pk, **({"item": other[row.item].pk} if row.item else {})}
    url, foreign = reverse(name, kwargs=args), reverse(name, kwargs=elsewhere)
    for who in sorted(EVERYONE):
        for method in METHODS:
            response = ask(browsers[who], method, url, row.data)
            expect_in_space(row, who, method, response)
            if who != "frank":
                expect_outside(row, who, method, ask(browsers[who], method, foreign, row.data))
        if row.item and who in MEMBERS:  # an item of another space under one's own space
            crossed = reverse(name, kwargs={**args, "item": elsewhere["item"]})
            response = ask(browsers[who], row.methods.split()[0].lower(), crossed)
            assert response.status_code == 404, (who, crossed)


def expect_in_space(row: InSpace, who: str, method: str, response: Any) -> None:
    if who not in MEMBERS:
        return expect_outside(row, who, method, response)
    if who not in row.may:
        refusals = {404} if row.hides else {403}
        assert response.status_code in refusals, (who, method, response.status_code)
        return None
    allowed = {m.lower() for m in row.methods.split()} | {"options"}
    allowed |= {"head"} if "get" in allowed else set()
    if method in allowed:
        assert response.status_code in FINE, (who, method, response.status_code)
        assert not is_login(response), (who, method)
    else:
        assert response.status_code == 405, (who, method, response.status_code)
    assert "no-store" in response["Cache-Control"]
    return None


def expect_outside(row: InSpace, who: str, method: str, response: Any) -> None:
    if who == "anonymous":
        assert is_login(response), (who, method, response.status_code)
    else:
        assert response.status_code == 404, (who, method, response.status_code)
    body = response.content.decode()
    assert "Geheim" not in body
    assert "Rust in je hoofd" not in body


@in_parts(SITE)
def test_elsewhere(names: list[str], world: Any, browsers: dict[str, Client], subtests: pytest.Subtests) -> None:
    for name in names:
        cache.clear()
        with subtests.test(name):
            try_elsewhere(name, world, browsers)


def try_elsewhere(name: str, world: Any, browsers: dict[str, Client]) -> None:
    row: OnSite = SITE[name]
    kwargs = {"item": world.own["request"].pk} if name == "groupspace:request-withdraw" else made_up(name)
    url = reverse(name, kwargs=kwargs)
    for who in sorted(EVERYONE):
        for method in METHODS:
            response = ask(browsers[who], method, url)
            known = method in {m.lower() for m in row.methods.split()}
            if who in row.may:
                assert response.status_code in (FINE if known else {200, 302, 405}), (who, method, response.status_code)
                assert row.ends or not is_login(response), (who, method)
            elif who == "anonymous" and row.login:
                assert is_login(response), (who, method, response.status_code)
            elif known:
                assert response.status_code == row.denial, (who, method, response.status_code)
            else:
                # OPTIONS only names the methods; no object is looked up for it.
                assert response.status_code in {row.denial, 405, 200 if method == "options" else 405}, (who, method)


def made_up(name: str) -> dict[str, str]:
    """Arguments for this address, of the right sort, that lead to nothing."""
    sorts = {"UUIDConverter": "uuid", "IntConverter": "int"}
    pattern = next(pattern for found, pattern in walk(get_resolver().url_patterns) if found == name)
    converters = pattern.pattern.converters.items()
    return {argument: DUMMY[sorts.get(type(converter).__name__, "str")] for argument, converter in converters}


def test_what_does_not_exist_looks_like_what_is_hidden(world: Any, browsers: dict[str, Client]) -> None:
    hidden = reverse("groupspace:space", args=[world.own["space"].pk])
    missing = reverse("groupspace:space", args=["00000000-0000-7000-8000-000000000000"])
    for who in ("anonymous", "dora", "removed", "frank", "pim", "editor", "operator"):
        for rest in ("", "leden/", "gesprekken/", "instellingen/"):
            first, second = ask(browsers[who], "get", hidden + rest), ask(browsers[who], "get", missing + rest)
            assert first.status_code == second.status_code
            assert plain(first, hidden) == plain(second, missing)
            assert telling(first) == telling(second)


def plain(response: Any, address: str) -> str:
    """The page without what differs in every answer: its own address, and the masked token of the log-out button."""
    page = response.content.decode().replace(address, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def telling(response: Any) -> dict[str, str]:
    """The headers that could tell two answers apart; a nonce, an address and a moment differ by their nature."""
    own = {"Content-Security-Policy", "Location", "Content-Length", "Expires"}
    return {name: value for name, value in response.headers.items() if name not in own}


DUMMY = {"int": "1", "uuid": "00000000-0000-7000-8000-000000000000", "str": "x", "slug": "x", "path": "x"}


def cms_addresses() -> list[str]:
    """Every address under /cms/, with made-up arguments."""
    found = set()
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) == "cms/":
            found |= set(paths(entry, "/cms/"))
    # Wagtail's own address to try out an error: it fails by design.
    return sorted({re.sub(r"[\^$\\?]", "", url) for url in found} - {"/cms/failwhale/"})


def paths(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        part = re.sub(r"<(?:(\w+):)?\w+>", lambda m: DUMMY.get(m[1] or "str", "x"), part)
        part = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", part)
        if isinstance(entry, URLResolver):
            yield from paths(entry, prefix + part)
        else:
            yield prefix + part


@pytest.mark.parametrize("who", ["anonymous", "ben", "anna", "pim", "editor without second step", "operator without"])
def test_the_cms_is_for_verified_staff(who: str, world: Any, browsers: dict[str, Client]) -> None:
    name = who.split()[0]
    client = logged_in(getattr(world.cast, name)) if "without" in who else browsers[name]
    addresses = cms_addresses()
    assert len(addresses) > 150
    for url in addresses:
        for method in ("get", "post"):
            response = ask(client, method, url)
            gone = response.status_code == 404 or (response.status_code == 302 and "/account/" in response["Location"])
            assert gone, (who, method, url, response.status_code)
