"""How often long-running properties are tried: less in `make test`, the stated counts in `make test-full`."""

from __future__ import annotations

import os

FULL = os.environ.get("KRING_FULL") == "1"


def count(reduced: int, full: int) -> int:
    """Return `full` in `make test-full`, otherwise `reduced`."""
    return full if FULL else reduced
