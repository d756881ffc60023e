"""What a member wrote in pages, for "Mijn gegevens": all of it as long as nobody else did, then what they added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groupspace.pages.compare import NEW, compare
from groupspace.pages.models import PageVersion
from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from groupspace.models import Membership


def versions_of(membership: Membership) -> list[dict[str, Any]]:
    """One entry for each version that this member saved, without those in which they put back an older one."""
    pages = PageVersion.objects.filter(author=membership, restored=None, erased_at=None).values("page")
    found: list[dict[str, Any]] = []
    before: PageVersion | None = None
    alone = True
    for version in PageVersion.objects.filter(page__in=pages).order_by("page", "number"):
        if before is None or before.page_id != version.page_id:
            before, alone = None, True
        own = version.author_id == membership.pk and version.erased_at is None
        alone = alone and own
        if own and version.restored_id is None:
            found.append(_entry(version, None if alone else before))
        if version.erased_at is None:
            before = version
    return sorted(found, key=lambda entry: str(entry["geschreven"]))


def _entry(version: PageVersion, before: PageVersion | None) -> dict[str, Any]:
    """What is new in a version; all of it when there is nothing before it."""
    text, title = to_keep(version.body), version.title
    if before is not None:
        pieces = [[one.text for one in row if one.sort == NEW] for row in compare(to_keep(before.body), text)]
        text = "\n".join("".join(row).strip() for row in pieces if row)
        title = "" if title == before.title else title
    return {
        "pagina": title or None,
        "versie": version.number,
        "geschreven": version.at.isoformat(),
        "tekst": text,
        "wat je veranderde": version.note or None,
    }
