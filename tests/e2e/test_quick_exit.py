"""Leaving quickly in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from groupspace.safety.models import SafetySettings
from tests.plugins.browser import exit_without_javascript, new_context

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]

ELSEWHERE = "https://weer.example/"


@pytest.fixture
def neutral_site(context):
    """A neutral site of our own, so that the test asks nothing of a real one."""
    row = SafetySettings.load()
    row.exit_url = ELSEWHERE
    row.save()
    context.route("https://weer.example/**", lambda route: route.fulfill(body="<title>Weer</title>Zon"))


@pytest.fixture
def help_page(page, neutral_site):
    page.goto(reverse("safety:how"))
    page.goto(reverse("safety:help"))
    return page


def test_exit_button_replaces_the_page_in_history(help_page):
    help_page.get_by_role("link", name="Weg van deze site", exact=True).first.click()
    help_page.wait_for_url(ELSEWHERE)

    help_page.go_back()

    expect(help_page).to_have_url(re.compile(reverse("safety:how") + "$"))


def test_exit_button_ends_the_session_in_passing(help_page):
    with help_page.expect_request(lambda request: request.url.endswith(reverse("safety:exit"))):
        help_page.locator("[data-gs-exit]").first.click()


def test_exit_by_three_times_escape_counts_aloud(help_page):
    help_page.keyboard.press("Escape")
    expect(help_page.get_by_role("status").filter(has_text="nog twee keer")).to_have_count(1)
    help_page.keyboard.press("Escape")
    help_page.keyboard.press("Escape")

    help_page.wait_for_url(ELSEWHERE)


def test_exit_needs_the_presses_close_together(help_page):
    help_page.clock.install()
    for _ in range(3):
        help_page.keyboard.press("Escape")
        help_page.wait_for_timeout(2600)

    expect(help_page.locator("html")).not_to_have_class(re.compile("gs-blank"))  # leaving starts with this
    assert help_page.url.endswith(reverse("safety:help"))


def test_exit_button_works_under_an_open_dialog(page, neutral_site, settings):
    settings.STYLE_GUIDE = True
    page.goto(reverse("theme:styleguide"))
    page.locator("[data-gs-dialog]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    box = page.locator("[data-gs-exit]").first.bounding_box()

    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.wait_for_url(ELSEWHERE)


def test_exit_works_without_javascript(browser, live_server, neutral_site):
    context = new_context(browser, live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("safety:help"))

    assert exit_without_javascript(page) == ELSEWHERE
    context.close()


def test_strip_never_hides_what_has_focus(help_page):
    help_page.set_viewport_size({"width": 320, "height": 480})
    help_page.locator("body").focus()
    for _ in range(25):
        help_page.keyboard.press("Tab")
        hidden = help_page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body || one.closest(".gs-crisis, .gs-head, .gs-skip")) return null;
              const box = one.getBoundingClientRect();
              const head = document.querySelector(".gs-head").getBoundingClientRect().bottom;
              const strip = document.querySelector(".gs-crisis").getBoundingClientRect().top;
              return box.top < head - 1 || box.bottom > strip + 1 ? one.outerHTML.slice(0, 80) : null;
            }"""
        )
        assert hidden is None
