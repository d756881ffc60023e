"""Which public pages are news for who comes back: one rule for the page "Wat is nieuw", its feed and the newsletter."""

from __future__ import annotations

from functools import cache

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate
from django.utils import timezone
from wagtail.models import Page, get_page_models

from .models import PublicPage


@cache
def announced_models() -> tuple[type[Page], ...]:
    """The page types that are worth a mention: what has content, not the lists of it."""
    return tuple(
        model
        for model in get_page_models()
        if issubclass(model, PublicPage) and model is not PublicPage and model.is_announced
    )


def announced(pages: QuerySet[PublicPage], *, quiet: bool = False) -> QuerySet[PublicPage]:
    """Those of `pages` that are worth a mention, the latest first; `first` is the day they came, `on` the last change.

    A page counts as changed on the day that somebody says to have checked it; not every publication is news.

    Args:
        quiet: leave out heavy subjects. For what shows up without being asked for: a feed, a mail.
    """
    first = TruncDate("first_published_at")
    found = (
        pages.type(*announced_models())
        .exclude(first_published_at=None)
        .annotate(first=first, on=Greatest(first, Least(Coalesce(F("checked_on"), first), timezone.localdate())))
        .order_by("-on", "-first_published_at")
    )
    return found.filter(content_note="") if quiet else found
