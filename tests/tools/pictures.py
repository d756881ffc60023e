"""Makes the pictures of the demo from their drawings: each SVG in fixtures/demo/files becomes a WebP beside it."""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.plugins.browser import FLAGS
from tests.tools.system import CHROMIUM_NAMES

FILES = Path("fixtures/demo/files")
WIDTH, HEIGHT = 1200, 675
HEAVIEST = 30 * 1024


def main(names: list[str]) -> int:
    """Draw the named pictures, or all; fail when one is too heavy for a page that weighs little."""
    heavy = []
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for drawing in sorted(FILES.glob("*.svg")):
            if names and drawing.stem not in names:
                continue
            page.goto(drawing.resolve().as_uri())
            made = drawing.with_suffix(".webp")
            shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
            shot.save(made, "WEBP", lossless=True, quality=100, method=6)
            if made.stat().st_size > HEAVIEST:
                heavy.append(made.name)
        browser.close()
    for name in heavy:
        print(f"{name} is heavier than {HEAVIEST} bytes: draw it with less.")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
