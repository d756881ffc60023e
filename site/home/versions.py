"""Which versions of a page were once on the site: for agreements that people must be able to look up."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from wagtail.models import Page, PageLogEntry, Revision


class Version(NamedTuple):
    """A text as it was published: its number, counted from 1, and from when it held."""

    number: int
    since: dt.datetime
    revision_id: int

    def text(self) -> Page:
        """The page as it was then. Raises Revision.DoesNotExist when an operator cleared old revisions."""
        return Revision.objects.get(pk=self.revision_id).as_object()


def versions(page: Page) -> list[Version]:
    """All versions of this page that were published and can still be read, the oldest first."""
    published = (
        PageLogEntry.objects.filter(page=page.pk, action__in=("wagtail.publish", "wagtail.publish.scheduled"))
        .exclude(revision=None)
        .order_by("timestamp", "pk")
        .values_list("revision", "timestamp")
    )
    still_there = set(Revision.objects.for_instance(page).values_list("pk", flat=True))
    first: dict[int, dt.datetime] = {}
    for revision, since in published:
        if revision in still_there:
            first.setdefault(revision, since)
    return [Version(number, since, revision) for number, (revision, since) in enumerate(first.items(), 1)]
