"""What visitors send in, in a browser: without JavaScript and with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.everyone import is_for_everyone

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    "address", ["/denk-mee/", "/contact/organisaties/", "/contact/klacht-of-melding/", "/bericht/"]
)
def test_form_is_for_everyone(open_browser, address):
    page = open_browser()
    page.goto(address)

    is_for_everyone(page)


def test_notice_without_javascript_keeps_what_was_typed_and_gives_a_code(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/contact/klacht-of-melding/")
    page.get_by_label("Iets tegen de huisregels").check()
    page.get_by_label("Wat is er mis, en waarom?").fill("Dit klopt niet.")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeg waar het staat")
    expect(page.get_by_label("Wat is er mis, en waarom?")).to_have_value("Dit klopt niet.")

    page.get_by_label("Waar staat het?").fill("/lees/piekeren-en-slecht-slapen/")
    page.get_by_label("Ik geloof dat alles").check()
    page.get_by_role("button", name="Verstuur").click()
    code = page.get_by_text(re.compile(r"^\w{6}-\w{6}-\w{6}$")).inner_text()
    page.reload()  # the same slip again, and no second message
    expect(page.get_by_text(code)).to_be_visible()

    page.goto("/bericht/")
    page.get_by_label("Je code").fill(code.lower())
    page.get_by_role("button", name="Lees").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code[:6])
    assert code not in page.url


def test_idea_is_sent_by_keyboard(open_browser):
    page = open_browser()
    page.goto("/denk-mee/")
    page.get_by_label("Voor welk probleem").focus()
    page.keyboard.type("Alleen eten is stil.")
    page.keyboard.press("Tab")
    page.keyboard.type("Wie alleen woont")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first answer: yes
    for _stop in ("province", "mail", "button"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main").get_by_role("status")).to_contain_text("Je idee is verstuurd")
    expect(page.locator("main")).not_to_contain_text("Alleen eten is stil.")
    is_for_everyone(page)
