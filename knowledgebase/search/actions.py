"""Writes the index. It holds a page for as long as everyone may read it, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .. import public_cache
from .facets import all_facets, kind_of
from .models import Entry, Occurrence, Word
from .texts import summary_of, weigh
from .words import root

SOME = 500
FACTS = ["kind", "title", "summary", "content_note", "checked_on", "facets"]


def readable() -> PageQuerySet:
    """The pages that everyone may read. A page type that has nothing to find says `in_search = False`."""
    return Page.objects.live().public().filter(depth__gt=1)


def update_pages(pages: Iterable[int]) -> None:
    """Bring what the index knows of these pages (by primary key) up to date: put in, renew, or take out."""
    wanted = sorted(pages)
    for start in range(0, len(wanted), SOME):
        try:
            _update(wanted[start : start + SOME])
        except (IntegrityError, OperationalError):  # `sweep` took away a word that came back at that very moment
            _update(wanted[start : start + SOME])
    public_cache.bump_on_commit()


def update_below(path: str) -> None:
    """The same for a page and all below it.

    Args:
        path: of the page in the tree.
    """
    update_pages(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))


def sweep() -> int:
    """Delete words that stand on no page any more, and tell how many. They may be what a page was taken off for."""
    stands = Occurrence.objects.filter(word=OuterRef("pk"))
    return Word.objects.filter(~Exists(stands)).delete()[1].get(Word._meta.label, 0)


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
    # First of all: on PostgreSQL it makes another process that writes the same page wait.
    Entry.objects.bulk_create(
        map(_entry, shown.values()), update_conflicts=True, unique_fields=["page"], update_fields=FACTS
    )
    Occurrence.objects.filter(entry__in=shown).delete()
    weights = {pk: weigh(page) for pk, page in shown.items()}
    texts = sorted(
        {text for words in weights.values() for text in words}
    )  # two processes in another order would deadlock
    Word.objects.bulk_create(
        (Word(text=text, root=root(text)) for text in texts), ignore_conflicts=True, batch_size=SOME
    )
    stored = {
        text: pk
        for start in range(0, len(texts), SOME)
        for text, pk in Word.objects.filter(text__in=texts[start : start + SOME]).values_list("text", "pk")
    }
    Occurrence.objects.bulk_create(
        (
            Occurrence(entry_id=pk, word_id=stored[text], weight=weight)
            for pk, words in weights.items()
            for text, weight in words.items()
        ),
        batch_size=SOME,
    )


def _entry(page: Page) -> Entry:
    return Entry(
        page_id=page.pk,
        kind=kind_of(page),
        title=page.title,
        summary=summary_of(page),
        content_note=getattr(page, "content_note", ""),
        checked_on=getattr(page, "checked_on", None),
        facets={
            facet.name: found for facet in all_facets() if facet.field and (found := facet.values(page)) is not None
        },
    )
