"""Many things on one page that look the same: their HTML is rendered once, with gaps, and filled in for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Characters for private use: nobody can type them into a template by accident, and escaping leaves them as they are.
_GAP = re.compile("\ue000([a-z_0-9]+)\ue001")


def gap(name: str) -> SafeString:
    """What a template is given to print where a value comes later."""
    return mark_safe(f"\ue000{name}\ue001")  # noqa: S308  a name from our own code


class Shape:
    """What a template made of gaps.

    Only gaps are ever rendered, so nobody's words are in what is kept; and what fills one gap is never looked at for
    another.

    Example:
        >>> Shape(render_to_string("…/_post.html", {"name": gap("name")})).fill({"name": "Noor & Sam"})
    """

    def __init__(self, html: str) -> None:
        self._pieces = _GAP.split(html)

    def fill(self, values: Mapping[str, Any]) -> SafeString:
        """The HTML with these values, which are text; each is escaped unless it is HTML already.

        Raises KeyError when one is missing.
        """
        pieces = self._pieces.copy()
        for position in range(1, len(pieces), 2):
            value = values[pieces[position]]
            pieces[position] = value.__html__() if hasattr(value, "__html__") else escape(value)
        return mark_safe("".join(pieces))  # noqa: S308  a template's text, and values that were escaped above
