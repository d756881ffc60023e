"""Where a reader goes on about a theme: groups, forum, match. The site knows them; the knowledge base shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.utils.module_loading import import_string

from . import conf

if TYPE_CHECKING:
    from .models import Theme


class Door(NamedTuple):
    """A next step with the theme already filled in: what it says, what one finds there, and its address."""

    label: str
    text: str
    url: str


def doors(request: HttpRequest, theme: Theme) -> list[Door]:
    """The next steps that the site offers for this theme; none when the site names no function for it."""
    path: str | None = conf.get("DOORS")
    if path is None:
        return []
    find: Callable[[HttpRequest, Theme], list[Door]] = import_string(path)
    return find(request, theme)
