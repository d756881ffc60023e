"""A person at the keyboard, without a mouse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.groupspace.accounts.people import code_now
from tests.running import ACCOUNTS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: How many times Tab is pressed on the way; what is farther away is jumped to.
NEAR = 4
NO_MOUSE = "addEventListener('pointerdown', () => { throw new Error('A mouse was used.'); }, true)"


class Keys:
    """One tab that is used with keys only: a mouse would stand among its troubles."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(NO_MOUSE)

    def to(self, target: Locator) -> Locator:
        """Press Tab until this has the focus. A long way is jumped, after which Tab has to lead here all the same."""
        expect(target).to_be_visible()
        expect(target).to_be_enabled()
        for _ in range(NEAR):
            if is_focused(target):
                return target
            self.page.keyboard.press("Tab")
        if not is_focused(target):
            assert target.evaluate("one => one.tabIndex") >= 0, "no Tab leads here"
            target.focus()
            self.page.keyboard.press("Shift+Tab")
            expect(target).not_to_be_focused()
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()
        return target

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Press a key on this."""
        self.to(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, words: str) -> None:
        """Type this in the place of what stands there."""
        self.to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def upload(self, target: Locator, file: Path) -> None:
        """Open the window of the computer in which one picks a file, and pick this one."""
        with self.page.expect_file_chooser() as window:
            self.press(target)
        window.value.set_files(file)

    def log_in(self, name: str, next_url: str) -> None:
        """Log in with two steps; each screen begins in the field to fill in."""
        account = ACCOUNTS[name]
        self.page.goto(f"/account/login/?next={next_url}")
        expect(self.page.get_by_label("Inlognaam")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(account["password"])
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label("Code uit je app")).to_be_focused()
        self.page.keyboard.type(code_now(account["totp_secret"]))
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)


class Editor(Keys):
    """Somebody of the staff in the CMS."""

    def part(self, name: str) -> Locator:
        """The part of the form with this heading."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(name)}\W*$"))

    def field(self, name: str) -> Locator:
        """The field that is sent under this name."""
        return self.page.locator(f"[name='{name}']")

    def prose(self, name: str) -> Locator:
        """The box for running text that is sent under this name."""
        return self.page.locator(f"[name='{name}'] ~ .Draftail-Editor__wrapper [role=textbox]")

    def add_block(self, part: Locator, name: str = "") -> None:
        """Add a block below the others. With one kind of block, Wagtail asks nothing."""
        self.press(part.locator(".c-sf-add-button:visible").last)
        if name:
            self.to(self.page.locator("[role=combobox][id^=downshift]:visible"))
            self.page.keyboard.type(name)
            expect(self.page.get_by_role("option", name=name, selected=True)).to_be_visible()
            self.page.keyboard.press("Enter")

    def open_window(self, button: Locator) -> Locator:
        """Open the window behind a button. When it stands there, it takes the focus."""
        self.press(button)
        window = self.page.get_by_role("dialog")
        expect(window).to_be_focused()
        return window

    def choose(self, button: Locator, title: str) -> None:
        """Look something up in the window behind a button, and choose it."""
        window = self.open_window(button)
        with self.page.expect_response(lambda response: parse_qs(urlsplit(response.url).query).get("q") == [title]):
            self.write(window.get_by_label("Zoekterm"), title)
        expect(window.get_by_role("alert")).to_be_visible()  # it says how much was found
        self.press(window.get_by_role("link", name=title, exact=True))
        expect(window).to_have_count(0)

    def send_in(self) -> None:
        """Send the page to a colleague."""
        self.press(self.page.get_by_role("button", name="Meer acties"))
        self.press(self.page.get_by_role("button", name="Stuur door naar"))
        expect(self.page.locator(".messages")).to_contain_text("ingediend")

    def approve(self, title: str) -> None:
        """Approve the page of a colleague, from the first screen."""
        self.page.goto("/cms/")
        self.press(self.page.get_by_role("region", name="Beoordelen").get_by_role("link", name=title))
        self.page.wait_for_url("**/edit/")
        self.press(self.page.get_by_role("button", name="Meer acties"))
        self.press(self.page.get_by_role("button", name="Goedkeuren en publiceren"))
        expect(self.page.get_by_role("row", name=title).get_by_role("link", name="live")).to_be_visible()


def is_focused(target: Locator) -> bool:
    """Whether this has the focus now."""
    return target.evaluate("one => one === document.activeElement")
