"""Leaving quickly from every page, and a shared computer that shows nothing afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import ALL, Places, send
from tests.e2e.conftest import log_in
from tests.plugins.browser import exit_without_javascript

pytestmark = pytest.mark.e2e


@pytest.fixture
def places(site):
    return Places(site)


# A state of one address, such as a form with errors, leaves as the page itself does.
PAGES = [kind for kind in ALL if kind.act is None]


PEOPLE = sorted({kind.who for kind in PAGES})


def pages_of(who):
    """One tab for all pages that this person opens: a browser makes a new one slowly."""
    return [kind for kind in PAGES if kind.who == who]


@pytest.mark.parametrize("who", PEOPLE)
def test_three_times_escape_leaves_every_page(who, as_person, places):
    page = as_person(who)
    if who:  # the exit ends the session that other tests use: this browser cannot tell the server
        page.context.route("**/weg/", lambda route: route.fulfill(status=204))
    for kind in pages_of(who):
        page.goto("/lees/thuis/")
        kind.go(page, places)

        for _ in range(3):
            page.keyboard.press("Escape")
        expect(page, kind.name).to_have_title("Elders")
        page.go_back()

        expect(page, kind.name).to_have_url(re.compile("/lees/thuis/$"))


@pytest.mark.parametrize("who", PEOPLE)
def test_button_leaves_every_page_without_javascript(who, as_person, places):
    page = as_person(who, java_script_enabled=False)
    for kind in pages_of(who):
        kind.go(page, places)
        link = page.locator("[data-gs-exit]").first
        expect(link, kind.name).to_be_visible()
        expect(link, kind.name).to_have_attribute("href", re.compile("^/weg/"))
        box = link.bounding_box()
        assert box["height"] >= 44, kind.name
        assert box["x"] + box["width"] <= 360, kind.name


def test_shared_computer_shows_nothing_after_logging_out(open_browser, places):
    page = open_browser()
    page.goto("/account/login/")
    page.get_by_label("Dit is een gedeelde computer").check()
    log_in_here(page, "demo-lid-06")
    page.goto(places.group)
    page.goto(f"{places.group}gesprekken/")
    page.locator(".gs-menu summary").click()
    send(page, page.locator(".gs-menu").get_by_role("button", name="Uitloggen"))

    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        # What a visitor may read about a listed group, at most; never what only members see.
        for words in ("Piekerkwartier", "Fijn dat je er bent", "Mijn naam hier", "Uitloggen"):
            assert words not in page.content()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def log_in_here(page, name):
    from tests.running import ACCOUNTS

    page.get_by_label("Inlognaam").fill(name)
    page.get_by_label("Wachtwoord", exact=True).fill(ACCOUNTS[name]["password"])
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda url: "/account/login/" not in url)


def test_exit_without_javascript_ends_the_session(open_browser, places):
    page = open_browser(java_script_enabled=False)
    log_in(page, "demo-lid-04")
    page.goto(places.topic())

    assert not exit_without_javascript(page).startswith(page.watched.home)

    page.goto(places.topic())
    assert "/account/login/" in page.url
