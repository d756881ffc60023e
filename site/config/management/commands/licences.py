"""Writes docs/licences.md: every package the site runs on, with its licence."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

HEADER = """# Licences

Kring is open source (BSD-3-Clause, see `LICENSE`), and so is everything it runs on. Made by `make licences`.

| Package | Version | Licence |
|---|---|---|
"""
# Approved by the Open Source Initiative. A new one is added by hand, after reading it.
OPEN_SOURCE = re.compile(
    r"\b(MIT|MIT-CMU|HPND|BSD|BSD-[23]-Clause|0BSD|Apache|Apache-2\.0|ISC|MPL|MPL-2\.0|LGPL|LGPLv3|LGPL-[\w.-]+|"
    r"PSF|PSF-2\.0|Python Software Foundation|Zlib|Unlicense|Mozilla Public License|Lesser General Public License)\b"
)


class Command(BaseCommand):
    help = "Writes the list of licences of all packages in requirements.txt."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        rows = licences()
        strange = [name for name, _version, licence in rows if not OPEN_SOURCE.search(licence)]
        if strange:
            raise CommandError(f"No known open source licence: {', '.join(strange)}.")
        path = settings.REPO_DIR / "docs" / "licences.md"
        path.write_text(HEADER + "".join(f"| {' | '.join(row)} |\n" for row in rows))
        self.stdout.write(f"{path.relative_to(settings.REPO_DIR)}: {len(rows)} packages")


def licences() -> list[tuple[str, str, str]]:
    """Return name, version and licence of each package in requirements.txt, as the packages themselves say."""
    pins = (settings.REPO_DIR / "requirements.txt").read_text()
    names = re.findall(r"^([\w.-]+)==(\S+)", pins, re.MULTILINE)
    return [(name, version, licence_of(name)) for name, version in names]


def licence_of(name: str) -> str:
    """Return the licence a package names in its metadata."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return "not installed"
    if expression := metadata.get("License-Expression"):
        return expression
    classifiers = [item for item in metadata.get_all("Classifier", []) if item.startswith("License ::")]
    if classifiers:
        return ", ".join(sorted({item.rpartition(" :: ")[2] for item in classifiers}))
    return (metadata.get("License") or "").strip().splitlines()[0] if metadata.get("License") else "unknown"
