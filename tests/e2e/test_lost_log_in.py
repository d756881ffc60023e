"""Nothing typed is lost and nothing is posted twice: a log-in that ended, a double click, two windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import addresses
from tests.e2e.addresses import Places
from tests.e2e.conftest import log_in
from tests.running import ACCOUNTS

pytestmark = pytest.mark.e2e


@pytest.fixture
def topic(site):
    return Places(site).topic("Stel je voor in drie zinnen")


def write(page, topic, text):
    page.bring_to_front()
    page.goto(topic)
    addresses.write(page)
    page.keyboard.type(text)


def times(page, topic, text):
    page.goto(topic)
    return page.locator(".gs-post .gs-prose", has_text=text).count()


def test_text_is_there_after_the_log_in_ended(open_browser, topic):
    page = open_browser()
    log_in(page, "demo-lid-02")
    write(page, topic, "Een lang verhaal over gisteren")
    page.context.clear_cookies()  # as if the log-in had ended

    page.get_by_role("button", name="Plaats reactie").click()
    page.get_by_label("Inlognaam").fill("demo-lid-02")
    page.get_by_label("Wachtwoord", exact=True).fill(ACCOUNTS["demo-lid-02"]["password"])
    page.get_by_role("button", name="Inloggen").click()

    page.get_by_text("Je tekst staat er nog").wait_for()
    box = page.locator("textarea:visible, .gs-editor__text").first
    expect(box).to_contain_text("Een lang verhaal over gisteren")
    page.get_by_role("button", name="Plaats reactie").click()
    page.wait_for_url("**#bericht-*")
    assert times(page, topic, "Een lang verhaal over gisteren") == 1


def test_double_click_posts_once(open_browser, topic):
    page = open_browser()
    log_in(page, "demo-lid-03")
    write(page, topic, "Dubbel geklikt")

    page.get_by_role("button", name="Plaats reactie").dblclick()
    expect(page).to_have_url(re.compile("#bericht-"))  # the second click may have ended the first journey

    assert times(page, topic, "Dubbel geklikt") == 1


def test_two_windows_post_what_stands_in_each(open_browser, topic):
    page = open_browser()
    log_in(page, "demo-lid-04")
    other = page.context.new_page()
    # Both before a word is kept as a draft, which the second would start with.
    for tab in (page, other):
        write(tab, topic, "")
    for tab, text in ((page, "Venster een"), (other, "Venster twee")):
        tab.bring_to_front()
        tab.keyboard.type(text)

    for tab in (page, other):
        tab.bring_to_front()
        tab.get_by_role("button", name="Plaats reactie").click()
        tab.wait_for_url("**#bericht-*")

    assert times(page, topic, "Venster een") == times(page, topic, "Venster twee") == 1
