"""Letters made twice as large on a phone: nothing lies over something else, and the way out stays on the screen."""

from __future__ import annotations

import pytest

from tests.e2e.addresses import ALL, Places

pytestmark = pytest.mark.e2e

KINDS = [kind for kind in ALL if kind.name in {"home", "menu", "aanmelden", "groep", "gesprek", "leden-begeleider"}]
# The parts of the head and the strip that lie over each other or off the screen.
CROWDED = """() => {
  const shown = [...document.querySelectorAll(".gs-head__bar > :not(.gs-menu), .gs-menu > summary, .gs-crisis a")]
    .map(one => [one.innerText, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const off = shown.filter(([, box]) => box.left < 0 || box.right > innerWidth);
  const over = shown.filter(([, a], i) => shown.slice(i + 1).some(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
  return [...off, ...over].map(([text]) => text);
}"""


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_page_bears_large_text(kind, width, as_person, site):
    page = as_person(kind.who, viewport={"width": width, "height": 740})
    kind.go(page, Places(site))

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(CROWDED) == []
    assert page.locator(".gs-crisis a:visible").count() == 4
    assert page.locator(".gs-crisis").bounding_box()["height"] < 150
    assert page.evaluate("document.documentElement.scrollWidth") <= width
