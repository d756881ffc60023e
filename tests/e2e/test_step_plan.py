"""A whole step plan with the keyboard only: both branches, back and forth, and two different PDFs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.everyone import is_for_everyone
from tests.e2e.test_keyboard import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

PLAN = "/voor-professionals/start-een-online-groep/"


def begin(page: Page) -> None:
    page.goto(PLAN)
    is_for_everyone(page)
    tab_to(page, "Begin met het plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/beginnen/**")
    is_for_everyone(page)
    tab_to(page, "Begin bij stap 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noem het doel en de doelgroep")


def go_on(page: Page, heading: str, button: str = "Verder") -> None:
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def write(page: Page, text: str) -> None:
    tab_to(page, "textarea")
    page.keyboard.type(text)


def choose(page: Page, place: int) -> None:
    """Choose the answer at this place with the arrow keys."""
    tab_to(page, 'name="option"')
    page.keyboard.press("Space")
    for _ in range(place - 1):
        page.keyboard.press("ArrowDown")


def pdf(page: Page) -> str:
    """The text of the PDF, downloaded with the keyboard."""
    tab_to(page, "Download als PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    reader = pytest.importorskip("pypdf").PdfReader(BytesIO(download.value.path().read_bytes()))
    return " ".join(" ".join(part.extract_text() for part in reader.pages).split())


def finish(page: Page) -> None:
    is_for_everyone(page)
    tab_to(page, 'name="ticked"')
    page.keyboard.press("Space")
    tab_to(page, 'name="name"')
    page.keyboard.type("Groep in Zuid")
    page.keyboard.press("Tab")
    page.keyboard.type("De teamleider")
    go_on(page, "Groep in Zuid", "Maak het plan")
    is_for_everyone(page)


def test_both_branches_by_keyboard_give_two_plans(open_browser) -> None:
    page = open_browser()
    begin(page)
    write(page, "Mensen spreken elkaar weer.")
    go_on(page, "Vraag het aan vijf mensen")
    go_on(page, "Kies hoe de groep praat")
    is_for_everyone(page)

    # Without a choice the page says so, with what was typed; back and forth it is still there.
    write(page, "Veel mensen werken overdag.")
    tab_to(page, "Verder")
    page.keyboard.press("Enter")
    expect(page.locator(".gs-alert[role=alert]")).to_be_focused()
    is_for_everyone(page)
    go_on(page, "Vraag het aan vijf mensen", "Terug")
    go_on(page, "Kies hoe de groep praat")
    expect(page.locator("textarea")).to_have_value("Veel mensen werken overdag.")

    choose(page, 4)
    go_on(page, "Maak je plan af")
    expect(page.locator(".kb-outcome")).to_contain_text("Niet kansrijk")
    finish(page)
    first = pdf(page)

    tab_to(page, "Verander mijn antwoorden")
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_value("Mensen spreken elkaar weer.")
    go_on(page, "Vraag het aan vijf mensen")
    go_on(page, "Kies hoe de groep praat")
    tab_to(page, 'name="option"')
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    go_on(page, "Spreek leestijden af")
    go_on(page, "Maak regels voor de groep")
    go_on(page, "Vraag een besluit")
    choose(page, 1)
    for heading in ("Doe een kleine proef", "Meet wat het oplevert", "Besluit hoe het verder gaat"):
        go_on(page, heading)
    choose(page, 1)
    go_on(page, "Maak er een vast deel van je werk van")
    go_on(page, "Maak je plan af")
    go_on(page, "Groep in Zuid", "Maak het plan")
    second = pdf(page)

    assert "Uitkomst: Niet kansrijk" in first
    assert "Spreek leestijden af" not in first
    assert "Uitkomst: Kansrijk" in second
    assert "Met getypte berichten" in second
    for text in (first, second):
        assert "Veel mensen werken overdag." in text


def test_walk_works_without_javascript(open_browser) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(PLAN)
    page.get_by_role("link", name="Begin met het plan").click()
    page.get_by_role("button", name="Begin bij stap 1").click()
    page.locator("textarea").fill("Zonder script.")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Terug").click()

    expect(page.locator("textarea")).to_have_value("Zonder script.")
