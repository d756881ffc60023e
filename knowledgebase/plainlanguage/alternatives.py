"""All difficult words with what to write instead: our own list, and the terms for which staff said it better."""

from __future__ import annotations

from . import words
from .models import GlossaryTerm


def difficult_words() -> dict[str, str]:
    """Difficult words in lower case with their alternative. What staff wrote in the glossary wins. One query."""
    own = GlossaryTerm.objects.exclude(plain_alternative="").values_list("term", "plain_alternative")
    return {**words.difficult(), **{term.lower(): alternative for term, alternative in own}}
