"""What holds on every page: no barrier that axe finds, nothing wider than the screen, nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.counts import FULL

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1) && getComputedStyle(one).visibility !== 'hidden'
    && !one.closest('.gs-hidden, .gs-skip, svg, .gs-table, [data-gs-scroll]');
}).slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
SMALL = """() => {
  const controls = "button, input:not([type=hidden]), select, textarea, summary, .gs-button";
  return [...document.querySelectorAll(controls)].filter(one => {
    const box = (one.closest("label.gs-choice") ?? one).getBoundingClientRect();
    return box.width && (box.height < 44 || box.width < 24) && !one.closest(".gs-hidden, .gs-skip, .ProseMirror");
  }).map(one => one.outerHTML.slice(0, 120));
}"""


def is_for_everyone(page: Page, *, schemes: tuple[str, ...] = ("light", "dark") if FULL else ("light",)) -> None:
    """Look at the page as it stands, in both colour schemes and on narrow screens.

    schemes: in which axe looks.
    """
    page.wait_for_load_state()  # what was found in the page can be there before its style is
    screen = page.viewport_size
    assert page.locator("h1").count() == 1
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["help"], [node["html"][:200] for node in v["nodes"]]) for v in found] == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.evaluate(TOO_WIDE)
            assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(SMALL) == []
    assert page.watched.troubles == [], page.watched.troubles
    assert page.watched.elsewhere == []
    if screen:
        page.set_viewport_size(screen)
