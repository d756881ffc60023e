"""Nothing typed is lost and nothing is posted twice: a log-in that ended, a double click, two windows."""

from __future__ import annotations

import pytest

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
    page.focus("textarea")
    page.wait_for_selector(".gs-editor[data-ready]")
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
    assert "Een lang verhaal over gisteren" in page.locator("textarea, .gs-editor__text").first.evaluate(
        "one => one.value ?? one.innerText"
    )
    page.get_by_role("button", name="Plaats reactie").click()
    page.wait_for_url("**#bericht-*")
    assert times(page, topic, "Een lang verhaal over gisteren") == 1


def test_double_click_posts_once(open_browser, topic):
    page = open_browser()
    log_in(page, "demo-lid-03")
    write(page, topic, "Dubbel geklikt")

    page.get_by_role("button", name="Plaats reactie").dblclick()
    page.wait_for_url("**#bericht-*")

    assert times(page, topic, "Dubbel geklikt") == 1


def test_two_windows_post_what_stands_in_each(open_browser, topic):
    page = open_browser()
    log_in(page, "demo-lid-04")
    other = page.context.new_page()
    write(page, topic, "Venster een")
    write(other, topic, "Venster twee")

    for tab in (page, other):
        tab.bring_to_front()
        tab.get_by_role("button", name="Plaats reactie").click()
        tab.wait_for_url("**#bericht-*")

    assert times(page, topic, "Venster een") == times(page, topic, "Venster twee") == 1
