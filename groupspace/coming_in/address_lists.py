"""Reading a list of e-mail addresses as people have them: pasted from anywhere, or out of a spreadsheet."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

#: What a first row says that only names the columns.
_HEADING = re.compile(r"\b(e-?mail(adres)?|mailadres|adres|address|naam|name)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[;,\t]")


@dataclass
class AddressList:
    """What was found in a list.

    Attributes:
        addresses: each once, in the order of the list.
        wrong: number and text of lines without an address that can be mailed.
        doubles: numbers of lines whose address stood higher up already.
    """

    addresses: list[str] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)


def read_list(text: str) -> AddressList:
    """Find the address in each line; a line of a spreadsheet may hold other cells too."""
    found = AddressList()
    seen: set[str] = set()
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cells = _cells(line)
        good = [cell for cell in map(_address, cells) if cell]
        if not good:
            if number > 1 or not _HEADING.search(line):
                found.wrong.append((number, line.strip()[:80]))
            continue
        # "a@x.nl; b@x.nl" is a list in one line; in a spreadsheet the other cells hold no address.
        fresh = [address for address in dict.fromkeys(good) if address.casefold() not in seen]
        seen |= {address.casefold() for address in fresh}
        found.addresses += fresh
        if not fresh:
            found.doubles.append(number)
        if any("@" in cell and not _address(cell) for cell in cells):
            found.wrong.append((number, line.strip()[:80]))
    return found


def decode(raw: bytes) -> str:
    """The text of a file as spreadsheets write it. Raises ValidationError-free: what cannot be read is no address."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _cells(line: str) -> list[str]:
    between = _BETWEEN.search(line)
    if between is None:
        return [line]
    try:
        return next(csv.reader([line], delimiter=between[0]), [])
    except csv.Error:
        return _BETWEEN.split(line)


def _address(cell: str) -> str:
    """The address in a cell, as such or as "Name <address>"; empty when there is none that can be mailed."""
    address = cell.strip().strip("<>\"'")
    if "<" in address or " " in address:
        address = parseaddr(cell.strip())[1]
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
