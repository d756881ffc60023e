"""What else goes into the handreiking besides the themes: an app with something of this visitor's own adds it here.

The app with step plans calls `add` when it starts; the app with themes asks `parts`. So neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.apps import apps
from django.http import HttpRequest
from django.utils.safestring import SafeString


class Part(NamedTuple):
    """A chapter: its title, and HTML without a heading of its own that starts at level 3."""

    title: str
    html: SafeString


Find = Callable[[HttpRequest], Part | None]
_finders: list[Find] = []


def add(find: Find) -> None:
    """Let `find(request)` give a chapter for whoever asks; None when this request asks for none.

    It decides for itself what the visitor may see. What it gives is never kept or shown to others.
    """
    if find not in _finders:
        _finders.append(find)


def parts(request: HttpRequest) -> list[Part]:
    """The chapters that this request asks for."""
    found = (find(request) for find in _finders)
    return [part for part in found if part is not None]


def address(request: HttpRequest) -> str:
    """Where the handreiking stands on this site; empty when there is none. `pdf/` behind it gives the PDF."""
    if not apps.is_installed("knowledgebase.techniques"):
        return ""
    index_page = apps.get_model("knowledgebase_techniques", "TechniqueIndexPage").objects.shown_on(request).first()
    url = index_page.get_url(request) if index_page else ""
    return f"{url}handreiking/" if url else ""
