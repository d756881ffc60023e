"""What the templates of the newsletter need for mail."""

from __future__ import annotations

from urllib.parse import urljoin

from django import template

from ..links import on_site
from ..rendering import plain

register = template.Library()


@register.filter
def whole(url: str) -> str:
    """The full address of a link within this site."""
    return urljoin(on_site("/"), url)


register.filter("plain", plain)


@register.filter
def underlined(title: str, sign: str = "-") -> str:
    """A heading in plain text: the words with a line below."""
    return f"{title}\n{sign * min(len(title), 60)}"
