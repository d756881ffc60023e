"""What is new on the public site: one list for the page, the feed and whoever writes the newsletter."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, get_page_models

from ..models import PublicPage


class Change(NamedTuple):
    """A page that is new, or that somebody checked again since."""

    page: PublicPage
    on: dt.date
    is_new: bool

    @property
    def month(self) -> dt.date:
        """The first day of the month, under which it is listed."""
        return self.on.replace(day=1)

    @property
    def kind(self) -> str:
        """What kind of page it is, as staff and readers call it."""
        model = self.page.specific_class
        return str(model._meta.verbose_name) if model else ""


@cache
def announced_models() -> tuple[type[Page], ...]:
    """The page types that are worth a mention: what has content, not the lists of it."""
    return tuple(
        model
        for model in get_page_models()
        if issubclass(model, PublicPage) and model is not PublicPage and getattr(model, "is_announced", True)
    )


def latest(request: HttpRequest, most: int, *, quiet: bool = False) -> list[Change]:
    """The pages that were published or checked last, the latest first.

    A page counts as changed on the day that somebody says to have checked it; not every publication is news.

    Args:
        quiet: leave out heavy subjects. For what shows up without being asked for: a feed, a mail.
    """
    first = TruncDate("first_published_at")
    today = timezone.localdate()
    pages = (
        PublicPage.objects.shown_on(request)
        .type(*announced_models())
        .exclude(first_published_at=None)
        .annotate(first=first, on=Greatest(first, Least(Coalesce(F("checked_on"), first), today)))
        .order_by("-on", "-first_published_at")
    )
    if quiet:
        pages = pages.filter(content_note="")
    return [Change(page, page.on, page.on == page.first) for page in pages[:most]]
