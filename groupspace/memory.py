"""What one member wrote in one space, to keep when the space ends: out of what "Mijn gegevens" collects, by moment.

An entry of an export that says when it was written holds words of this member, and of nobody else. What they only chose
says no moment and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from groupspace.kinds import all_kinds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.models import Membership

#: The key of an export that says when its words were written.
WRITTEN = "geschreven"
#: What an entry is called; the first of these that it has.
_TITLES = ("gesprek", "klaargezet", "link", "pagina", "vraag", "bestand", "bestandsnaam", "titel")
#: Running text, which needs no word before it.
_TEXTS = frozenset({"tekst", "reactie", "uitleg", "beschrijving"})
#: For machines.
_PASSED_OVER = frozenset({WRITTEN, "soort", "peiling", "nummer", "bewerkt", "versie"})
#: What stands before the rest, for who reads another language than the keys are in.
_LABELS: dict[str, StrOrPromise] = {
    "adres": _("adres"),
    "bestandsnaam": _("bestand"),
    "bijlagen": _("bijlagen"),
    "eerder": _("wat er eerst stond"),
    "hoe je erbij zat": _("hoe je erbij zat"),
    "keuzes": _("keuzes"),
    "opmerking": _("wat er veranderde"),
    "voor": _("klaargezet voor"),
    "waarschuwing vooraf": _("waarschuwing vooraf"),
    "wat je veranderde": _("wat je veranderde"),
}


@dataclass(frozen=True)
class Part:
    """One thing that an entry says. `address` leads to a file of one's own, as long as the space is there."""

    label: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class Remembered:
    """One entry: what it is called, when it was written, and what it says."""

    at: datetime
    kind: str
    title: str
    parts: list[Part]

    @property
    def when(self) -> str:
        return _in_full(self.at)


def memory_of(membership: Membership) -> list[Remembered]:
    """All that this member wrote in their space, the oldest first. As many statements as the exports of the kinds."""
    found = [
        _remembered(str(kind.label), entry)
        for kind in all_kinds()
        for entry in kind.export(membership)
        if entry.get(WRITTEN)
    ]
    return sorted(found, key=lambda one: one.at)


def _in_full(moment: datetime) -> str:
    """With its year, and never "today": it is read again years later."""
    return date_format(timezone.localtime(moment), "j F Y, H.i")


def _remembered(kind: str, entry: dict[str, Any]) -> Remembered:
    title = next((name for name in _TITLES if entry.get(name)), "")
    parts = [
        part
        for name, value in entry.items()
        if value and name != title and name not in _PASSED_OVER
        for part in _parts("" if name in _TEXTS else capfirst(str(_LABELS.get(name, name))), name, value)
    ]
    named = str(entry.get(title, "")) or (str(_("Reactie")) if "reactie" in entry else "")
    return Remembered(datetime.fromisoformat(entry[WRITTEN]), capfirst(kind), named, parts)


def _parts(label: str, name: str, value: Any) -> Iterator[Part]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _parts("" if number else label, name, one)
    elif isinstance(value, dict):  # a file with a post
        words = ": ".join(str(value[key]) for key in ("bestandsnaam", "beschrijving") if value.get(key))
        yield Part(label, words, value.get("adres", ""))
    elif name == "voor":
        yield Part(label, _in_full(datetime.fromisoformat(value)))
    elif name == "adres" and value.startswith("/"):
        yield Part("", "", value)
    else:
        yield Part(label, str(value))
