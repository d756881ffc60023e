"""Words as the private search compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from threading import local

import snowballstemmer

from groupspace.search.conf import root_function, search_conf

TOKEN = re.compile(r"[^\W_]+")
LONGEST = 40  # letters of a word that are kept


class _Own(local):
    """A stemmer works in itself on one word at a time, so each thread has its own."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("dutch")


_own = _Own()


def fold(text: str) -> str:
    """Without capitals and accents: “Café” and “cafe” are one word."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def plain_root(word: str) -> str:
    """What the forms of a folded word share, by the Snowball stemmer for Dutch."""
    return str(_own.stemmer.stemWord(word))


def roots(text: str) -> Iterator[str]:
    """The root of each word of a text, in the order in which they stand there."""
    root = root_in_force()
    for match in TOKEN.finditer(fold(text)):
        yield root(match[0][:LONGEST])


def root_in_force() -> Callable[[str], str]:
    """The function from a folded word to its root that this site uses."""
    return root_function(search_conf().ROOT)
