"""The aid for plain language in a real editor: it reads along while somebody types, and leads to the spot."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
OPEN = "[data-side-panel-toggle=checks]"


@pytest.fixture
def open_editor(as_person, site):
    """`open_editor()`: a new topic that is never saved, for it gets no title; with the panel open."""

    def open_one(**options):
        tab = as_person("demo-redactie", **options)
        shelf = site.rows("SELECT id FROM wagtailcore_page WHERE slug = 'lees'")[0][0]
        tab.goto(f"/cms/pages/add/knowledgebase/topicpage/{shelf}/")
        tab.locator(OPEN).click()
        return tab

    return open_one


def said(tab):
    """The line with the indication, which a screen reader hears too."""
    return tab.locator("[data-kb-plain]").get_by_role("status")


def summary(tab):
    return tab.get_by_role("textbox", name="Samenvatting")


def write(tab, text):
    """Type in a new block of running text, and return its box."""
    part = tab.get_by_role("region", name="Wat is het?")
    part.get_by_role("button", name="Blok invoegen").click()
    tab.get_by_role("option", name="Tekst", exact=True).click()
    box = part.get_by_role("textbox")
    box.click()
    tab.keyboard.type(text)
    return box


def test_indication_changes_while_typing(open_editor):
    tab = open_editor(viewport=DESK)
    expect(said(tab)).to_have_text("Nog geen tekst")

    summary(tab).fill("Je bent niet alleen.")
    expect(said(tab)).to_have_text("Goed te lezen")

    box = write(tab, "Teneinde dit te regelen.")
    expect(said(tab)).to_have_text("Kan eenvoudiger: 1 moeilijk woord")
    spot = tab.get_by_role("button", name="teneinde")
    expect(spot).to_contain_text("liever: om")

    for _letter in "Teneinde dit te regelen.":
        tab.keyboard.press("Backspace")
    tab.keyboard.type("Om dit te regelen.")
    expect(said(tab)).to_have_text("Goed te lezen")
    expect(spot).to_have_count(0)
    expect(box).to_be_focused()
    assert tab.watched.troubles == []
    assert tab.watched.elsewhere == []


def test_keyboard_leads_to_the_spot(open_editor):
    tab = open_editor(viewport=DESK)
    box = write(tab, "Teneinde dit te regelen.")
    summary(tab).focus()

    tab.get_by_role("button", name="teneinde").focus()
    tab.keyboard.press("Enter")

    expect(box).to_be_focused()


def test_panel_makes_way_on_a_phone(open_editor):
    tab = open_editor(viewport=PHONE)
    panel = tab.locator("[data-kb-plain]")
    tab.locator("[data-form-side-close-button]").click()
    # Out of sight at once, but Wagtail takes half a second to close, and until then its button closes once more.
    expect(tab.locator("[data-side-panel=checks]")).to_have_attribute("hidden", "")
    summary(tab).fill("Teneinde dit te regelen.")
    tab.locator(OPEN).click()

    tab.get_by_role("button", name="teneinde").click()

    expect(summary(tab)).to_be_focused()
    expect(panel).to_be_hidden()


def test_panel_has_no_faults_for_assistive_technology(open_editor):
    for scheme in ("light", "dark"):
        tab = open_editor(viewport=DESK, color_scheme=scheme)
        write(tab, f"Teneinde dit te regelen. {'woord ' * 30}einde. De tekst wordt gemaakt.")
        expect(said(tab)).to_contain_text("1 lange zin")

        found = Axe().run(tab, context="[data-kb-plain]").response["violations"]

        assert found == []


def test_no_answer_does_not_stop_the_writer(open_editor):
    tab = open_editor(viewport=DESK)
    tab.route("**/gewone-taal/", lambda route: route.abort())

    summary(tab).fill("Nog een zin.")

    expect(said(tab)).to_have_text("De schrijfhulp antwoordt nu niet. Schrijf gerust verder.")
