"""Lights up words in results."""

from __future__ import annotations

from collections.abc import Container

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..words import TOKEN, split

register = template.Library()


@register.filter
def mark(text: str, found: Container[str]) -> SafeString:
    """The text, escaped, with <mark> around the words whose folded form is in `found`."""
    parts: list[tuple[SafeString]] = []
    done = 0
    for token in TOKEN.finditer(text):
        if any(word in found for word in split(token[0])):
            parts.append((format_html("{}<mark>{}</mark>", text[done : token.start()], token[0]),))
            done = token.end()
    parts.append((format_html("{}", text[done:]),))
    return format_html_join("", "{}", parts)
