"""What a search needs of the index besides where words stand, kept in memory until something is published."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.module_loading import import_string
from wagtail.models import Site

from .. import conf, public_cache
from .actions import readable
from .facets import KIND, Profile, all_facets
from .models import Entry, Occurrence, Word
from .words import STOP_WORDS, TOKEN, fold, root, words

EXACT, SAME_ROOT, PART = 1.0, 0.9, 0.4  # what a form of a word counts
SHORTEST_START, SHORTEST_END = 4, 5  # letters of a word that is looked for inside longer ones
MOST_FORMS = 80


class Card(NamedTuple):
    """A page, as far as it matters for narrowing results.

    Attributes:
        profile: the number of what it has of each facet; many pages have the same.
    """

    title: str
    profile: int


class Vocabulary:
    """All words that stand on public pages, by their beginning, end and root."""

    def __init__(self, rows: Iterable[tuple[str, int, str]]) -> None:
        self.keys: dict[str, int] = {}
        self.roots: dict[str, list[str]] = defaultdict(list)
        for text, key, its_root in rows:
            self.keys[text] = key
            self.roots[its_root].append(text)
        self.forward = sorted(self.keys)
        self.backward = sorted(text[::-1] for text in self.keys)

    def forms(self, word: str, *, parts: bool) -> dict[str, float]:
        """The words to look for when somebody types this folded word, each with what it counts.

        Args:
            parts: also longer words that begin or end with it: Dutch writes compounds as one word.
        """
        same = self.roots.get(root(word), [])
        found: dict[str, float] = {}
        if parts:
            for start in {word, *same}:
                longer = [*self._starting(start), *self._ending(start)]
                found |= dict.fromkeys(sorted(longer, key=len)[:MOST_FORMS], PART)
        found |= dict.fromkeys(same, SAME_ROOT)
        if word in self.keys:
            found[word] = EXACT
        return found

    def _starting(self, start: str) -> Iterator[str]:
        return _between(self.forward, start) if len(start) >= SHORTEST_START else iter(())

    def _ending(self, end: str) -> Iterator[str]:
        if len(end) < SHORTEST_END:
            return iter(())
        return (text[::-1] for text in _between(self.backward, end[::-1]))


def _between(ordered: list[str], start: str) -> Iterator[str]:
    for place in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[place].startswith(start):
            return
        yield ordered[place]


@dataclass(frozen=True)
class Shelf:
    """All pages of one site that can be found, by primary key in the order of their titles, and how to find them."""

    site: Site | None
    cards: dict[int, Card]
    profiles: list[Profile]
    vocabulary: Vocabulary
    synonyms: dict[tuple[str, ...], list[tuple[str, ...]]]
    labels: dict[str, dict[str, Any]]

    @cached_property
    def spellings(self) -> dict[str, str]:
        """All words that can be found, by their folded form; those of titles as people write them."""
        tokens = (match[0] for card in self.cards.values() for match in TOKEN.finditer(card.title))
        written = {fold(token): token.lower() for token in tokens}
        return {word: word for word in self.vocabulary.keys} | written


def shelf_for(request: HttpRequest) -> Shelf:
    """The shelf of the site that this request is for."""
    current = public_cache.generation()
    key = public_cache.site_id(request, current)
    return public_cache.remember(f"search:{key}", lambda: _fill(key), current)


def _fill(site_id: int | None) -> Shelf:
    shown = readable()
    site = Site.objects.select_related("root_page").filter(pk=site_id).first()
    if site is not None:
        shown = shown.descendant_of(site.root_page, inclusive=True)
    stands = Occurrence.objects.filter(word=OuterRef("pk"))
    rows = Entry.objects.filter(page__in=shown).values_list("pk", "kind", "title", "facets")
    numbers: dict[str, int] = {}
    cards, profiles = {}, []
    for pk, kind, title, facets in sorted(rows, key=lambda row: (row[2].casefold(), row[0])):
        profile = {KIND: [kind], **facets}
        number = numbers.setdefault(str(profile), len(profiles))
        if number == len(profiles):
            profiles.append(profile)
        cards[pk] = Card(title, number)
    return Shelf(
        site=site,
        cards=cards,
        profiles=profiles,
        vocabulary=Vocabulary(Word.objects.filter(Exists(stands)).values_list("text", "pk", "root")),
        synonyms=_synonyms(),
        labels={facet.name: facet.labels() for facet in all_facets()},
    )


def _synonyms() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Each word or turn of phrase of the glossary, by its roots, with the words that mean the same."""
    path: str | None = conf.get("SYNONYMS")
    groups: Callable[[], Iterable[frozenset[str]]] = import_string(path) if path else list
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for group in groups():
        phrases = {tuple(word for word in words(phrase) if word not in STOP_WORDS) for phrase in group} - {()}
        for phrase in phrases:
            found[tuple(map(root, phrase))] += sorted(phrases - {phrase})
    return dict(found)
