"""Which words mean the same, as the glossary says. For the search; nothing else of this app is needed there."""

from __future__ import annotations

from collections.abc import Iterator


def groups() -> Iterator[frozenset[str]]:
    """Each group of words for the same thing, in lower case: a term with its synonyms. One query."""
    from .models import GlossaryTerm

    for term, synonyms in GlossaryTerm.objects.exclude(synonyms="").values_list("term", "synonyms").order_by("pk"):
        words = {" ".join(line.split()).lower() for line in (term, *synonyms.splitlines())} - {""}
        if len(words) > 1:
            yield frozenset(words)


def synonyms_of(word: str) -> set[str]:
    """Other words for this one, in lower case. A word may stand in several groups; synonyms of synonyms do not count.

    Args:
        word: a word or a turn of phrase, in any capitals.
    """
    asked = " ".join(word.split()).lower()
    return set().union(*(group for group in groups() if asked in group)) - {asked}
