"""What the lists show, worked out once in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.authors import Authors
from groupspace.models import Audience
from groupspace.moments import spoken

if TYPE_CHECKING:
    from groupspace.models import Space


def link_rows(space: Space, links: Iterable[Any]) -> list[dict[str, Any]]:
    """Lines for links, asked for `with_author`."""
    base = reverse("groupspace:links:list", args=[space.pk])
    authors = Authors(space)
    now = timezone.localtime()
    rows: list[dict[str, Any]] = []
    for link in links:
        author = authors.of(link)
        parts = [link.host, author["name"], spoken(link.created_at, now)]
        tags = [_("film")] if link.is_video else []
        if link.held_at is not None:
            tags.append(_("wacht op een begeleider"))
        if link.audience != Audience.SPACE:
            tags.append(link.get_audience_display())
        meta = "\u00a0· ".join(part for part in parts if part)
        rows.append({"url": f"{base}{link.pk}/", "title": link.title, "meta": meta, "tags": tags})
    return rows
