"""Writes the index. It holds a page for as long as everyone may read it, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .. import public_cache
from .facets import all_facets, kind_of
from .models import Entry, Occurrence, Word
from .texts import summary_of, weigh
from .words import root

SOME = 500


def readable() -> PageQuerySet:
    """The pages that everyone may read. A page type that has nothing to find says `in_search = False`."""
    return Page.objects.live().public().filter(depth__gt=1)


def update_pages(pages: Iterable[int]) -> None:
    """Bring what the index knows of these pages (by primary key) up to date: put in, renew, or take out."""
    wanted = sorted(pages)
    for start in range(0, len(wanted), SOME):
        _update(wanted[start : start + SOME])
    public_cache.bump_on_commit()


def update_below(path: str) -> None:
    """The same for a page and all below it.

    Args:
        path: of the page in the tree.
    """
    update_pages(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))


def rebuild() -> int:
    """Make the whole index anew; the number of pages in it. Visitors find the old one until it is done."""
    with transaction.atomic():
        Entry.objects.all().delete()
        Word.objects.all().delete()
        update_pages(readable().values_list("pk", flat=True))
    return Entry.objects.count()


@transaction.atomic
def _update(wanted: list[int]) -> None:
    shown = {page.pk: page for page in readable().filter(pk__in=wanted).specific() if getattr(page, "in_search", True)}
    Entry.objects.filter(pk__in=set(wanted) - shown.keys()).delete()
    for page in shown.values():
        _put(page)


def _put(page: Page) -> None:
    facets = {facet.name: found for facet in all_facets() if facet.field and (found := facet.values(page)) is not None}
    facts = {
        "kind": kind_of(page),
        "title": page.title,
        "summary": summary_of(page),
        "content_note": getattr(page, "content_note", ""),
        "checked_on": getattr(page, "checked_on", None),
        "facets": facets,
    }
    entry, _made = Entry.objects.update_or_create(page_id=page.pk, defaults=facts)  # locks it, too
    weights = weigh(page)
    Word.objects.bulk_create((Word(text=text, root=root(text)) for text in weights), ignore_conflicts=True)
    stored = dict(Word.objects.filter(text__in=weights).values_list("text", "pk"))
    entry.occurrences.all().delete()
    Occurrence.objects.bulk_create(
        (Occurrence(entry=entry, word_id=stored[text], weight=weight) for text, weight in weights.items()),
        batch_size=SOME,
    )
