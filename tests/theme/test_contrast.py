"""Every pair of colours that meets on a page can be read, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path("groupspace/static/groupspace/css/groupspace.css").read_text()
HEX = r"#[0-9a-fA-F]{6}"
PLAIN = dict(re.findall(rf"--gs-([\w-]+): ({HEX});", CSS))
PAIRED = {
    name: (light, dark) for name, light, dark in re.findall(rf"--gs-([\w-]+): light-dark\(({HEX}), ({HEX})\)", CSS)
}
SCHEMES = {
    "light": {name: pair[0] for name, pair in PAIRED.items()},
    "dark": {name: pair[1] for name, pair in PAIRED.items()},
}
HUES = [f"hue-{number}" for number in range(1, 7)]
SURFACES = ["paper", "card", "sunken"]

TEXT = [
    *(("ink", surface) for surface in [*SURFACES, "pine-soft", "honey-soft", "rose-soft", *HUES]),
    *(("pine", surface) for surface in SURFACES),
    *(("pine-strong", surface) for surface in [*SURFACES, "pine-soft"]),
    *(("rose", surface) for surface in [*SURFACES, "rose-soft"]),
    ("pine-ink", "pine"),
    ("pine-ink", "pine-strong"),
    ("honey-ink", "honey"),
    ("honey-ink", "honey-strong"),
    ("rose-ink", "rose"),
    ("paper", "ink"),
]
QUIET = [("muted", surface) for surface in SURFACES] + [("pine", "pine-soft"), ("pine", "honey-soft")]
SHAPES = [
    *((shape, surface) for shape in ["edge", "focus", "rose", "pine", "honey-edge"] for surface in SURFACES),
    ("honey-edge", "honey-soft"),
    ("focus", "pine-soft"),
    ("focus", "rose-soft"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 7), (QUIET, 4.5), (SHAPES, 3)], ids=["text", "quiet", "shapes"])
def test_contrast_of_every_pair_is_enough(scheme, pairs, least):
    colours = SCHEMES[scheme]

    short = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < least}

    assert short == {}


def test_tokens_for_old_browsers_equal_the_light_ones():
    assert {name: PLAIN.get(name) for name in PAIRED} == SCHEMES["light"]


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 1) == 21
