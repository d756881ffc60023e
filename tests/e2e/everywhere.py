"""Every page of the access table, as an address of somebody who may see it."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from tests.access.table import SITE, SPACE

#: Answers that are no page: files, and names as data.
NO_PAGE = {
    f"groupspace:{name}"
    for name in ("bestanden:file-download", "bestanden:file-thumbnail", "bestanden:version", "gesprekken:names")
}


def in_space(world: Any, who: str) -> dict[str, str]:
    """Every page of the space that this person may see, by its name."""
    found = {}
    for name, row in SPACE.items():
        if who in row.may and "GET" in row.methods and name not in NO_PAGE:
            args = {"space": world.own["space"].pk, **({"item": world.own[row.item].pk} if row.item else {})}
            found[name] = reverse(name, kwargs=args)
    return found


def on_site(who: str) -> dict[str, str]:
    """Every other page of this person without an id in its address, by its name."""
    found = {}
    for name, row in SITE.items():
        if (
            who in row.may
            and "GET" in row.methods
            and not row.ends
            and name.startswith(("groupspace", "account", "own"))
        ):
            try:
                found[name] = reverse(name)
            except NoReverseMatch:
                continue
    return found
