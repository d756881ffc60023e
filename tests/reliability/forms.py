"""What a form on a page sends besides what somebody types."""

from __future__ import annotations

import re


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form in the page."""
    form = re.search(r'<form class="gs-form.*?</form>', page, re.DOTALL)
    assert form, page[-3000:]
    hidden = (dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", form[0]))
    return {one["name"]: one.get("value", "") for one in hidden if one.get("type") == "hidden"}
