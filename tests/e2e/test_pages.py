"""What holds on every page: no barrier that axe finds, nothing wider than the screen, nothing from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.counts import FULL
from tests.e2e.addresses import ALL, Places

pytestmark = pytest.mark.e2e

TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1) && getComputedStyle(one).visibility !== 'hidden'
    && !one.closest('.gs-hidden, .gs-skip, svg, [data-gs-scroll]');
}).slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
SMALL = """() => {
  const controls = "button, input:not([type=hidden]), select, textarea, summary, .gs-button";
  return [...document.querySelectorAll(controls)].filter(one => {
    const box = (one.closest("label.gs-choice") ?? one).getBoundingClientRect();
    return box.width && (box.height < 44 || box.width < 24) && !one.closest(".gs-hidden, .gs-skip, .ProseMirror");
  }).map(one => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def places(site):
    return Places(site)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_page_is_for_everyone(kind, as_person, places):
    page = as_person(kind.who)
    kind.go(page, places)

    assert page.locator("h1").count() == 1
    for scheme in ("light", "dark") if FULL else ("light",):
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
    assert page.watched.troubles == []
    assert page.watched.elsewhere == []
