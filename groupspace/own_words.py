"""Words of one member, as the kinds give them: for "Mijn gegevens", and for what they take along from a space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class OwnFile:
    """A file of theirs; `address` leads to it as long as the space is there."""

    name: str
    address: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Written:
    """One thing that a member wrote. It holds words of theirs, and of nobody else.

    Attributes:
        at: when.
        title: what it is called; empty when it has no name of its own.
        text: as it is kept (`groupspace.text.sanitiser.to_keep`).
        edited_at: when it was changed last.
        earlier: what it said before, one text for each time.
        files: what they shared with it.
        more: what else they said, by what stands before it: words, a moment, or several lines.
        data: what tells one entry from another in a file for machines, and nobody reads.
    """

    at: datetime
    title: StrOrPromise = ""
    text: str = ""
    edited_at: datetime | None = None
    earlier: Sequence[str] = ()
    files: Sequence[OwnFile] = ()
    more: Mapping[StrOrPromise, StrOrPromise | datetime | Sequence[str]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Ready for JSON; what is empty is left out."""
        found = {
            **self.data,
            "titel": str(self.title),
            "geschreven": self.at.isoformat(),
            "bewerkt": self.edited_at.isoformat() if self.edited_at else None,
            "tekst": self.text,
            "eerder": list(self.earlier),
            "bestanden": [
                {"naam": one.name, "beschrijving": one.description, "adres": one.address} for one in self.files
            ],
            **{str(label): _plain(value) for label, value in self.more.items()},
        }
        return {name: value for name, value in found.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, (list, tuple)) else str(value)
