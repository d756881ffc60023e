"""What one member wrote in one space, to keep when the space ends: what the kinds give as their words, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groupspace.kinds import all_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from groupspace.models import Membership
    from groupspace.own_words import Written


@dataclass(frozen=True)
class Remembered:
    """One thing that somebody wrote, and of which kind it is. `parts`: what stands before each text, and the text."""

    kind: str
    words: Written
    at: datetime
    parts: list[tuple[str, str]]


def memory_of(membership: Membership) -> list[tuple[date, list[Remembered]]]:
    """All that this member wrote in their space, by day, the oldest first. As many statements as the kinds ask."""
    found = [
        Remembered(capfirst(str(kind.label)), words, timezone.localtime(words.at), list(_parts(words)))
        for kind in all_kinds()
        for words in kind.written(membership)
    ]
    found.sort(key=lambda one: one.at)
    return [(day, list(written)) for day, written in groupby(found, key=lambda one: one.at.date())]


def _parts(words: Written) -> Iterator[tuple[str, str]]:
    if words.text:
        yield "", words.text
    for label, value in words.more.items():
        if value:
            yield capfirst(str(label)), _in_full(value)
    for number, text in enumerate(words.earlier):
        yield "" if number else _("Wat er eerst stond"), text


def _in_full(value: Any) -> str:
    """A moment with its year, and never "today": it is read again years later."""
    if isinstance(value, (list, tuple)):
        return "\n\n".join(value)
    return str(value) if not hasattr(value, "isoformat") else date_format(timezone.localtime(value), "j F Y, H.i")
