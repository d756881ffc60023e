"""What a member wrote in pages, for "Mijn gegevens": all of it as long as nobody else did, then what they added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from groupspace.own_words import Written
from groupspace.pages.compare import NEW, compare
from groupspace.pages.models import PageVersion
from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.models import Membership


def versions_of(membership: Membership) -> list[Written]:
    """One entry for each version that this member saved, without those in which they put back an older one.

    Where the words of another were erased just before it, nothing tells which of the rest are whose.
    """
    pages = PageVersion.objects.filter(author=membership, restored=None, erased_at=None).values("page")
    found: list[Written] = []
    page: UUID | None = None
    before: PageVersion | None = None
    alone = True
    for version in PageVersion.objects.filter(page__in=pages).order_by("page", "number"):
        if version.page_id != page:
            page, before, alone = version.page_id, None, True
        own = version.author_id == membership.pk and version.erased_at is None
        alone = alone and own
        if own and version.restored_id is None:
            found.append(_entry(version, before, alone=alone))
        before = version if version.erased_at is None else None
    return sorted(found, key=lambda one: one.at)


def _entry(version: PageVersion, before: PageVersion | None, *, alone: bool) -> Written:
    """All of a version when nobody else wrote until then; else what is new in it since the one before."""
    text, title = to_keep(version.body), version.title
    if before is None:
        text, title = (text, title) if alone else ("", "")
    elif not alone:
        pieces = [[one.text for one in row if one.sort == NEW] for row in compare(to_keep(before.body), text)]
        text = "\n".join("".join(row).strip() for row in pieces if row)
        title = "" if title == before.title else title
    return Written(
        at=version.at,
        title=title,
        text=text,
        more={_("wat je veranderde"): version.note},
        data={"versie": version.number},
    )
