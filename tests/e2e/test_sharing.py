"""Passing a page on: by copying its address, and without a script by selecting it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
CALL = "/nieuws/begeleiders-gezocht/"


def test_address_is_copied_by_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.goto(CALL)

    page.get_by_label("Adres van deze pagina").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("Gekopieerd. Plak het adres in een bericht.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Adres van deze pagina").input_value()
    assert page.watched.troubles == []
    assert page.watched.elsewhere == []


def test_without_a_script_the_address_stands_there_and_no_dead_buttons(open_browser: Callable[..., Page]) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(CALL)

    assert page.get_by_label("Adres van deze pagina").input_value().endswith(CALL)
    assert page.get_by_role("link", name="Stuur in een mail").is_visible()
    assert not page.get_by_role("button", name="Kopieer het adres").is_visible()
    assert page.watched.elsewhere == []


def test_browser_leaves_structured_data_alone(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto(CALL)

    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())

    assert data["@graph"][0]["@type"] == "Article"
    assert page.watched.troubles == []
