"""Somebody who never led a group here opens one on a phone: checklist, eight people invited, the first messages.

Only by what can be read on the screen. The clock counts as a slow thumb would: see `docs/tried/new-facilitator.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import send
from tests.e2e.conftest import log_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.e2e

GROUP = "Samen mantelzorgen"
WITHIN = 600
#: Seconds of somebody who is not quick: for finding something on a new page, a touch, and a letter.
PAGE, TOUCH, LETTER = 12, 2, 0.4


class Thumb:
    """One thumb on a phone, and the time that a person would have needed."""

    def __init__(self, page: Page) -> None:
        self.page, self.seconds = page, 0.0

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=label == "Naam").fill(words)
        self.seconds += TOUCH + LETTER * len(words)

    def write(self, words: str) -> None:
        """Write in the box for running text."""
        self.page.focus("textarea")
        expect(self.page.locator(".gs-editor[data-ready] .gs-editor__text")).to_be_focused()
        self.page.keyboard.type(words)
        self.seconds += TOUCH + LETTER * len(words)

    def tap(self, target: Locator) -> None:
        """Touch something that leads to a page."""
        expect(target).to_be_visible()
        send(self.page, target)
        self.seconds += TOUCH + PAGE

    def link(self, name: str) -> None:
        self.tap(self.page.locator("main").get_by_role("link", name=name))

    def button(self, name: str) -> None:
        self.tap(self.page.locator("main").get_by_role("button", name=name, exact=True))

    def back_to(self, name: str) -> None:
        self.tap(self.page.get_by_role("navigation", name="Kruimelpad").get_by_role("link", name=name))


def test_new_facilitator_opens_a_group_within_ten_minutes_on_a_phone(open_browser):
    page = open_browser(viewport={"width": 360, "height": 740})
    log_in(page, "demo-professional-2")
    thumb = Thumb(page)

    thumb.link("Open een groep")
    thumb.type("Jouw naam in deze groep", "Yusuf")
    thumb.type("Naam", GROUP)
    thumb.type("In het kort", "Voor wie zorgt voor een ander.")
    thumb.button("Open de groep")

    thumb.link("Schrijf op wat je doet als het misgaat")
    for label, words in {
        "Wie bel je zelf": "De teamleider",
        "Op welk nummer?": "0800-2000",
        "Wat weet je over waar": "Alleen de provincie.",
        "Wat doe je als je niet weet": "Ik help de ander om zelf te bellen.",
        "Wat gebeurt er als er geen": "Ik kijk elke avond om negen uur.",
    }.items():
        thumb.type(label, words)
    thumb.button("Bewaar")
    thumb.link("Schrijf een welkom")
    expect(page.get_by_label("Welkom")).to_be_in_viewport()  # not the top of a long page
    thumb.type("Welkom", "Fijn dat je er bent. Ik ben Yusuf. Lees eerst rustig rond.")
    thumb.button("Bewaar")

    thumb.link("Zet nog 3 berichten klaar")
    for title in ("Welkom, pak een stoel", "Wat geeft jou energie?", "Koffiehoek"):
        thumb.link("Begin een gesprek")
        thumb.type("Waar gaat het over?", title)
        thumb.write("Vertel maar. Ik begin.")
        thumb.button("Plaats gesprek")
        thumb.back_to(GROUP)

    thumb.link("Naar de start")
    thumb.link("Nodig mensen uit")
    thumb.link("Nodig meer mensen tegelijk uit")
    thumb.type("E-mailadressen", "\n".join(f"persoon{number}@example.org" for number in range(8)))
    thumb.button("Verstuur de uitnodigingen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Er gaan 8 uitnodigingen de deur uit")
    thumb.link("Klaar")
    thumb.link("Naar de start")
    thumb.button("Start de groep")

    expect(page.get_by_text("De groep loopt. Iedereen kan nu schrijven.")).to_be_visible()
    expect(page.get_by_role("link", name="Welkom, pak een stoel")).to_be_visible()
    assert thumb.seconds < WITHIN
    assert page.watched.troubles == []
