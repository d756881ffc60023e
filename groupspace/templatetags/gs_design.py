"""The design: what a template cannot work out by itself about how a person or thing looks, and the path to a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string

from groupspace.shapes import Shape, gap
from groupspace.templatetags.still import rendered_once

register = template.Library()

HUES = 6


@register.filter
def hue(name: object) -> int:
    """Which of the avatar colours belongs to this name: always the same one, on every server."""
    return crc32(str(name).casefold().encode()) % HUES + 1


@register.filter
def initial(name: object) -> str:
    """The letter in the avatar: the first letter or digit of the name."""
    return next((char for char in str(name) if char.isalnum()), "?")


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """The numbers to show around this page, few enough for a phone, with an ellipsis for what is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def crumbs(trail: Sequence[tuple[object, str]] | None) -> str:
    """The path to a page: pairs of a label and an address. Rendered once for each length, and filled in."""
    if not trail:
        return ""
    links = tuple(bool(url) for _label, url in trail)
    values: dict[str, str] = {}
    for number, (label, url) in enumerate(trail):
        values |= {f"label_{number}": str(label), f"url_{number}": url}
    return rendered_once("crumbs", [links], partial(_crumbs, links)).fill(values)


def _crumbs(links: Sequence[bool]) -> Shape:
    pairs = [(gap(f"label_{number}"), gap(f"url_{number}") if linked else "") for number, linked in enumerate(links)]
    return Shape(render_to_string("groupspace/elements/_crumbs.html", {"crumbs": pairs}))
