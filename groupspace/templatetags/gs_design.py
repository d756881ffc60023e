"""Filters of the design: what a template cannot work out by itself about how a person or thing looks."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from django import template
from django.core.paginator import Page

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
