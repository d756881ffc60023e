"""What stands on a page, taken from the search fields that its type declares in Wagtail's own way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import Truncator
from wagtail.models import Page
from wagtail.search import index

from .words import STOP_WORDS, words

BEGINNING = 30  # words
# What a word counts where it stands. A word in the title beats any number of times in the text.
TITLE, TITLE_ALONE, UPPER, BODY, MOST_BODY = 50, 30, 14, 2, 9


def weigh(page: Page) -> dict[str, int]:
    """Each word of a page with its weight.

    Title above what is declared with a boost (summary, keywords, theme), these above the text; there, more often
    counts a little more. A word in a short title counts more than in a long one. Common words count in titles only.
    """
    title, upper, body = set(words(page.title)), set(), Counter()
    for declared, text in _texts(page, page.get_search_fields()):
        if declared.field_name != "title":
            (upper if (declared.boost or 0) > 1 else body).update(words(text))
    found = Counter({word: TITLE + TITLE_ALONE // len(title) for word in title})
    for word in upper - STOP_WORDS:
        found[word] += UPPER
    for word, times in body.items():
        if word not in STOP_WORDS:
            found[word] += min(MOST_BODY, round(BODY * (1 + math.log2(times))))
    return dict(found)


def summary_of(page: Page) -> str:
    """A few sentences for the list of results: what staff wrote for it, else the beginning of the text."""
    for name in ("summary", "intro", "search_description"):
        if text := getattr(page, name, ""):
            return str(text)
    texts = (text for declared, text in _texts(page, page.get_search_fields()) if declared.field_name != "title")
    return Truncator(" ".join(text for text in texts if text)).words(BEGINNING)


def _texts(row: Any, declared: Iterable[Any]) -> Iterator[tuple[index.SearchField, str]]:
    for one in declared:
        if isinstance(one, index.SearchField):
            yield one, _flat(one.get_value(row))
        elif isinstance(one, index.RelatedFields):
            related = one.get_value(row)
            for other in related.all() if hasattr(related, "all") else [related]:
                if other is not None:
                    yield from _texts(other, one.fields)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return " ".join(map(_flat, value))
    return "" if value is None else str(value)
