"""A real browser for the tests marked e2e: Debian's Chromium through Playwright, which downloads nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.tools.system import BROWSER, CHROMIUM_NAMES, how_to_install, missing_packages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page leads to, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PHONE = {"width": 360, "height": 740}
# How long anything may take in the browser before a test fails, in ms: a test says what it waits for, never how long.
WAIT = 30_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    from playwright.sync_api import expect, sync_playwright

    if missing := missing_packages(*BROWSER):
        pytest.skip(how_to_install(missing))
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    # Playwright's loop runs in this thread; Django would take our own queries for queries inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


def new_context(browser: Browser, base_url: str, **options: Any) -> BrowserContext:
    """Return fresh cookies and storage on a phone-sized screen; `page.goto("/…")` goes to `base_url`."""
    context = browser.new_context(base_url=base_url, locale="nl-NL", **{"viewport": PHONE, **options})
    context.set_default_timeout(WAIT)
    return context


def exit_without_javascript(page: Page) -> str:
    """Press the exit, and return the address of the other site that our server sent the browser to.

    A test cannot answer for a site that a redirect leads to: the browser asks for it and finds nobody.
    """
    with (
        page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")),
        page.expect_event("requestfailed", lambda request: request.redirected_from is not None) as failed,
    ):
        page.locator("[data-gs-exit]").first.click(no_wait_after=True)
    return str(failed.value.url)


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """Fresh cookies and storage; `page.goto("/…")` goes to the live server."""
    context = new_context(browser, live_server.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab in a fresh context."""
    return context.new_page()
