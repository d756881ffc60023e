"""The core path with the keyboard only: what has focus is seen, and is never under the head or the crisis strip."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import ALL, LEADER, LONG_TITLE, MEMBER, Places, press
from tests.e2e.conftest import hold
from tests.running import ACCOUNTS

pytestmark = pytest.mark.e2e

# What has focus: its words; whether a person sees where it is; whether some part lies on top (WCAG 2.4.7, 2.4.11).
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const label = one.closest("label");
  const box = (one.matches("[type=radio], [type=checkbox]") && label ? label : one).getBoundingClientRect();
  const after = getComputedStyle(one, "::after");
  const style = getComputedStyle(one);
  const seen = [style, after].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2)
    || one.closest(".gs-editor") !== null;
  const points = [[box.left + 3, box.top + 3], [box.right - 3, box.top + 3], [box.left + 3, box.bottom - 3],
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2]];
  const hidden = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    const bar = top?.closest(".gs-head, .gs-crisis");
    return !top || (bar && !bar.contains(one));
  };
  // In a text box it is the line with the cursor that has to be seen; the browser scrolls that into view.
  const covered = one.matches("textarea") ? points.every(hidden) : box.height < 200 && points.some(hidden);
  const text = (one.innerText || one.name || one.id || "").slice(0, 60);
  return {text, html: one.outerHTML.slice(0, 120), seen, covered};
}"""


@pytest.fixture
def places(site):
    return Places(site)


def tab_to(page, wanted, limit=60, key="Tab"):
    """Press Tab until what has focus holds these words."""
    seen = []
    for _ in range(limit):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus:
            seen.append(focus["text"])
            if wanted in focus["text"] or wanted in focus["html"]:
                return focus
    raise AssertionError(f"{wanted} is not reached: {seen}")


def test_core_path_needs_no_mouse(open_browser, places):
    page = open_browser()
    page.goto(f"/account/login/?next={places.group}gesprekken/")
    expect(page.get_by_label("Inlognaam")).to_be_focused()
    page.keyboard.type("demo-lid-05")
    page.keyboard.press("Tab")
    page.keyboard.type(ACCOUNTS["demo-lid-05"]["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    tab_to(page, "Piekerkwartier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprekken/*-*/*")
    tab_to(page, "textarea")
    expect(page.locator(".gs-editor__text")).to_be_focused()
    page.keyboard.type("Met alleen toetsen")
    tab_to(page, "Plaats reactie")
    page.keyboard.press("Enter")
    page.wait_for_url("**#bericht-*")
    expect(page.get_by_text("Met alleen toetsen")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.get_by_text("Zon").wait_for()


@pytest.mark.parametrize(
    "kind",
    [
        k
        for k in ALL
        if k.name in {"home", "aanmelden", "artikel", "groep-begeleider", "gesprek", "instellingen", "leden-begeleider"}
    ],
    ids=lambda kind: kind.name,
)
def test_focus_is_seen_and_never_covered(kind, as_person, places):
    page = as_person(kind.who, viewport={"width": 360, "height": 600}, reduced_motion="reduce")
    kind.go(page, places)
    wrong, order = [], []
    page.locator("body").evaluate("body => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _ in range(45):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        order.append(focus["text"])
        if focus["covered"] or not focus["seen"]:
            wrong.append(focus)
        if "data-gs-editor" in focus["html"]:  # it makes place for the editor, which is looked at on the way back
            expect(page.locator(".gs-editor__text")).to_be_focused()
    for _ in range(15):  # and on the way back
        page.keyboard.press("Shift+Tab")
        focus = page.evaluate(FOCUS)
        if focus and focus["covered"]:
            wrong.append(focus)

    assert wrong == []
    assert len(order) > 8


def test_skip_link_leads_to_the_content(as_person, places):
    page = as_person(MEMBER)
    page.goto(places.group)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Naar de inhoud"
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_tools_for_leading_are_two_keys_away_on_a_phone(as_person, places):
    page = as_person(LEADER, viewport={"width": 360, "height": 600}, reduced_motion="reduce")
    page.goto(places.group)
    jump = page.locator("main").get_by_role("link", name="Begeleiden", exact=True)
    jump.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert focus["text"].startswith("Klaargezet voor later")
    assert (focus["seen"], focus["covered"]) == (True, False)

    page.set_viewport_size({"width": 1280, "height": 740})
    expect(jump).to_be_hidden()  # there they stand beside it


@pytest.mark.parametrize(
    ("who", "where", "button"),
    [
        ("", "/account/login/", "Inloggen"),
        ("", "/account/aanmelden/", "Maak mijn account"),
        (MEMBER, "gesprekken/nieuw/", "Plaats gesprek"),
        (LEADER, "instellingen/", "Bewaar"),
    ],
)
def test_failed_form_sends_focus_to_what_is_wrong(as_person, places, who, where, button):
    page = as_person(who)
    page.goto(where if where.startswith("/") else places.group + where)
    if who == LEADER:
        page.get_by_label("Naam", exact=True).fill("")
    press(button)(page)

    # The browser moves focus when it draws the page for the first time, which may be after it has loaded.
    expect(page.locator(".gs-alert[role=alert]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".gs-alert[role=alert] a[href^='#']").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")
    assert LONG_TITLE not in page.title()


def test_password_keeps_focus_while_the_page_is_still_loading(open_browser):
    page = open_browser()
    release = hold(page, re.compile("accounts/reveal"), lambda: page.goto("/account/login/", wait_until="commit"))
    password = page.get_by_label("Wachtwoord", exact=True)
    password.click()
    page.keyboard.type("eerst ")

    release()
    expect(page.get_by_role("button", name="Laat zien")).to_be_visible()
    page.keyboard.type("daarna")

    expect(password).to_be_focused()
    expect(password).to_have_value("eerst daarna")
