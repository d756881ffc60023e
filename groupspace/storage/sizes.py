"""How much a file weighs, as people say it."""

from __future__ import annotations

from django.utils.formats import number_format


def in_words(size: int) -> str:
    """A number of bytes: "850 kB", "2,4 MB", "1,2 GB"."""
    if size < 1_000_000:
        return f"{number_format(max(round(size / 1000), 1))} kB"
    if size >= 1_000_000_000:
        return f"{number_format(size / 1_000_000_000, 1)} GB"
    return f"{number_format(size / 1_000_000, 0 if size >= 10_000_000 else 1)} MB"
