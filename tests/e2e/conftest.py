"""People in a browser, on one running site with the demo; the tests on a database of their own use `live_server`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.access.conftest import browsers, world
from tests.groupspace.accounts.people import code_now
from tests.plugins.browser import new_context
from tests.running import ACCOUNTS, Site, demo_copy, manage

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext, Page

#: Fixtures: a database with one of everything in it, and who looks.
__all__ = ["browsers", "world"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The site. Nothing is ever taken away from it, so a test brings its own people or leaves things as they were."""
    base = tmp_path_factory.getbasetemp()
    found = Site(demo_copy(base if worker_id == "master" else base.parent, base / "site"))
    stage = manage("shell", "-v0", "-c", "from tests.e2e.stage import set_up; set_up()", var=found.var)
    assert stage.wait(timeout=120) == 0, (found.var / "log").read_text()
    found.start()
    yield found
    found.stop()


class Watched:
    """What a browser tells of its pages: breaches of the policy, errors, and requests to other hosts."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.troubles: list[str] = []
        self.elsewhere: list[str] = []
        self.home = home
        context.on("console", self.on_console)
        context.on("response", self.on_response)
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        # Other hosts answer from here: the test asks nothing of a real site.
        context.route(re.compile(f"^(?!{re.escape(home)}/|data:|blob:)"), self.on_elsewhere)

    def on_console(self, message: Any) -> None:
        # What could not be loaded is told by `on_response`: pages themselves may be refused.
        breach = "Content Security Policy" in message.text or "Content-Security-Policy" in message.text
        if breach or (message.type == "error" and "Failed to load resource" not in message.text):
            self.troubles.append(message.text)

    def on_response(self, response: Any) -> None:
        if response.status >= 400 and response.request.resource_type in {"stylesheet", "script", "image", "font"}:
            self.troubles.append(f"{response.status} {response.url}")

    def on_elsewhere(self, route: Any) -> None:
        self.elsewhere.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>Elders</title><p>Zon</p>")


@pytest.fixture
def open_browser(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_browser()`: one tab in a fresh browser on a phone; `page.watched` says what went wrong in it."""
    contexts = []

    def open_one(**options: Any) -> Page:
        context = new_context(browser, site.url, **options)
        contexts.append(context)
        watched = Watched(context, site.url)
        page = context.new_page()
        page.watched = watched
        return page

    yield open_one
    for context in contexts:
        context.close()


def hold(page: Page, pattern: re.Pattern[str], act: Callable[[], object]) -> Callable[[], object]:
    """Do something that makes the page ask for an address, and keep that back. Return a function that lets it go."""
    held: list[Any] = []
    page.route(pattern, lambda route: held.append(route))
    with page.expect_request(pattern):
        act()
    return lambda: held[0].continue_()


def log_in(page: Page, name: str, password: str = "", next_url: str = "") -> None:
    """Log in as a person does, in two steps where the account has them."""
    account = ACCOUNTS.get(name, {})
    page.goto(f"/account/login/?next={next_url or '/groep/'}")
    page.get_by_label("Inlognaam").fill(name)
    page.get_by_label("Wachtwoord", exact=True).fill(password or account["password"])
    page.get_by_role("button", name="Inloggen").click()
    if account.get("totp_secret"):
        page.get_by_label("Code uit je app").fill(code_now(account["totp_secret"]))
        page.get_by_role("button", name="Verder").click()
    page.wait_for_url(lambda url: "/account/login/" not in url)


@pytest.fixture(scope="session")
def _cookies() -> dict[str, Any]:
    return {}


@pytest.fixture
def as_person(open_browser: Callable[..., Page], _cookies: dict[str, Any]) -> Callable[..., Page]:
    """`as_person("demo-lid")`: a tab in which somebody is logged in. They logged in once for all tests of the run:
    a code from the app works once. Tests that end a session use `log_in`."""

    def open_one(name: str, **options: Any) -> Page:
        if not name:
            return open_browser(**options)
        if name not in _cookies:
            page = open_browser()
            log_in(page, name)
            _cookies[name] = page.context.storage_state()
        return open_browser(storage_state=_cookies[name], **options)

    return open_one


@pytest.fixture
def open_as(browser: Any, live_server: Any, browsers: dict[str, Client]) -> Iterator[Any]:
    """`open_as("ben")`: a tab in which ben is logged in, on a database of its own."""
    contexts = []

    def open_one(who: str, **options: Any) -> Page:
        context = new_context(browser, live_server.url, **options)
        contexts.append(context)
        cookies = {name: morsel.value for name, morsel in browsers[who].cookies.items()}
        context.add_cookies([{"name": name, "value": cookies[name], "url": live_server.url} for name in cookies])
        page = context.new_page()
        page.watched = Watched(context, live_server.url)  # type: ignore[attr-defined]  # as the other tests do
        return page

    yield open_one
    for context in contexts:
        context.close()
