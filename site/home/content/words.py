"""Turns the plain text of the demo's files into the rich text of the CMS."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: The numbers in our texts, as people write them.
NUMBER = re.compile(r"(?<![\d-])(112|113|0800-\d{4}|088 \d{4} \d{3})(?!\w|\.\w)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
WEIGHT = re.compile(r"\*\*([^*]+)\*\*|`([^`]+)`|\*([^*]+)\*")
BULLETS = re.compile(r"- (.*)")
NUMBERS = re.compile(r"\d+\. (.*)")


def rich_text(text: str, page_id: Callable[[str], int]) -> str:
    """The text as HTML: paragraphs between blank lines, lists of lines that start with "- " or "1. ", links.

    Args:
        text: plain text; `[words](page:slug)` links to a page and `[words](https://…)` to an address.
        page_id: gives the id of the page with a slug; raises KeyError for one that does not exist.
    """
    return format_html_join("", "{}", ((part(block, page_id),) for block in text.split("\n\n") if block.strip()))


def part(block: str, page_id: Callable[[str], int]) -> SafeString:
    """One paragraph or one list."""
    lines = block.strip().splitlines()
    for pattern, tag in ((BULLETS, "ul"), (NUMBERS, "ol")):
        items = [pattern.fullmatch(line) for line in lines]
        if all(items):
            inside = format_html_join("", "<li>{}</li>", ((with_links(item[1], page_id),) for item in items if item))
            return format_html("<{0}>{1}</{0}>", tag, inside)
    return format_html("<p>{}</p>", with_links(" ".join(lines), page_id))


def with_links(text: str, page_id: Callable[[str], int]) -> SafeString:
    """The text with its links, and with numbers that one tap calls."""
    pieces = LINK.split(text)
    links = (
        format_html('<a linktype="page" id="{}">{}</a>', page_id(where.removeprefix("page:")), words)
        if where.startswith("page:")
        else format_html('<a href="{}">{}</a>', where, words)
        for words, where in zip(pieces[1::3], pieces[2::3], strict=True)
    )
    return format_html_join("", "{}{}", zip_longest(map(with_calls, pieces[::3]), links, fillvalue=""))


def with_calls(text: str) -> SafeString:
    """The text, in which one tap calls a number: nobody in trouble should have to type it over."""
    parts = NUMBER.split(text)
    calls = (format_html('<a href="tel:{}">{}</a>', re.sub(r"\D", "", number), number) for number in parts[1::2])
    return format_html_join("", "{}{}", zip_longest(map(with_weight, parts[::2]), calls, fillvalue=""))


def with_weight(text: str) -> SafeString:
    """The text with its **bold** and *leaning* words; what a manual sets as `code` is bold too."""
    parts = WEIGHT.split(text)
    marked = ((parts[n], parts[n + 1] or parts[n + 2], parts[n + 3]) for n in range(0, len(parts) - 1, 4))
    found = (
        format_html("{}<i>{}</i>", before, leaning) if leaning else format_html("{}<b>{}</b>", before, bold)
        for before, bold, leaning in marked
    )
    return format_html("{}{}", format_html_join("", "{}", ((part,) for part in found)), parts[-1])
