"""What people keep here under their account: each app that holds such things adds its part when it starts.

For the page or the letter with which somebody gets to see all we hold of them. It goes with the account by itself:
see tests/knowledgebase/test_personal.py. What visitors send without an account belongs to nobody and is not here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Collect = Callable[[Any], list[dict[str, Any]]]
_parts: dict[str, Collect] = {}


def add(name: str, collect: Collect) -> None:
    """Make a part known.

    Args:
        name: what people call it.
        collect: gives all of it for one account, ready for JSON, with names that people understand.
    """
    _parts[name] = collect


def data_of(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Everything that this person keeps here, by part; an empty part is there too: it was looked for."""
    return {name: collect(user) for name, collect in _parts.items()}
