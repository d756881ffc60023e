"""Words as search compares them: without capitals and accents, and by a root that forms of one word share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import local

import snowballstemmer

LONGEST = 60  # letters of a word that are kept
TOKEN = re.compile(r"[^\W_]+(?:[-'’‑][^\W_]+)*")
JOINTS = re.compile(r"[-'’‑]")

# Too common to tell one page from another. They still count in titles: “Over ons”.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aan al alle als ben bent beter bij dan dat de deze die dit doe doen door dus een eens en er ga gaan gaat geen
        haar had heb hebben hebt heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw jullie kan
        komt kun kunnen kunt maak maar me meer men met mij mijn mijzelf moet moeten na naar nee niet nog nu of om
        omdat ons onze ook op over te ten ter toch toen tot uit uw vaak van veel voor waar waarom wanneer want waren
        was wat we wel welke werd wie wij wil willen wilt word worden wordt zal ze zelf zich zij zijn zo zoals zonder
        zou
        """,
    )
)

# Forms that no rule leads back to their verb or singular. Only words that people here search for.
IRREGULAR = {
    "bedrogen": "bedriegen",
    "dacht": "denken",
    "dachten": "denken",
    "dronk": "drinken",
    "gebeld": "bellen",
    "gebleven": "blijven",
    "geeft": "geven",
    "gevoelens": "gevoel",
    "gedacht": "denken",
    "gedronken": "drinken",
    "geholpen": "helpen",
    "geschreven": "schrijven",
    "geslagen": "slaan",
    "gesproken": "spreken",
    "gestorven": "sterven",
    "gevonden": "vinden",
    "hielp": "helpen",
    "kinderen": "kind",
    "kleinkinderen": "kleinkind",
    "overleden": "overlijden",
    "sliep": "slapen",
    "steden": "stad",
    "verloor": "verliezen",
    "verloren": "verliezen",
}

# The sign of a past participle, also between two parts: “opgevoed”. Not in words that have ge- of their own.
PARTICIPLE = re.compile(
    r"^(aan|af|door|in|mee|na|om|op|over|terug|toe|uit|vast|voor|weg|)"
    r"ge(?!beur|bied|bor|brek|brui|dacht|drag|duld|heim|handicapt|heug|ld|lijk|lof|lov|loof|luid|luk|meen|nees|nez|niet"
    r"|noeg|recht|sprek|vaar|vang|voel|volg|wet|weld|wicht|woon|zel|zicht|zin|zond)"
    r"(....*(?:t|d|en|te|de))$"
)


class _Own(local):
    """A stemmer works in itself on one word at a time, so each thread has its own."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("dutch_porter")


_own = _Own()


def fold(text: str) -> str:
    """Without capitals and accents: “Café” and “cafe” are one word."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def split(token: str) -> list[str]:
    """The words in one token: “e-hulpverlening” is also “ehulpverlening” and “hulpverlening”."""
    parts = [part[:LONGEST] for part in JOINTS.split(fold(token))]
    whole = ["".join(parts)[:LONGEST]] if len(parts) > 1 else []
    return whole + [part for part in parts if len(part) > 1]


def words(text: str) -> Iterator[str]:
    """All words of a text, common ones too, in the order in which they stand there."""
    for match in TOKEN.finditer(text):
        yield from split(match[0])


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the forms of a folded word share: “pesten” and “gepest”, “slaap” and “geslapen”, “groepje” and “groepen”.

    The stemmer for Dutch does most of it. It leaves past participles, small forms and a few endings: those are here.
    """
    word = IRREGULAR.get(word, word)
    word = PARTICIPLE.sub(r"\1\2", word)
    word = re.sub(r"(?<=..)(?:(?<=[^aeiou][aeo])|(?<=ie))s$", "", word)  # methodes, ruzies
    word = re.sub(r"(?<=....)(?:tje|je)s?$", "", word)
    word = re.sub(r"(?<=....)(?:heid|heden)$", "", word)
    word = re.sub(r"(?<=.....)ing(?:en)?$", "", word)
    stem = _own.stemmer.stemWord(word)
    if len(stem) > 4 and stem[-1] in "dt":  # werkt, voelt, gehoord
        stem = stem[:-1]
    stem = re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", stem)
    stem = re.sub(r"([^aeiou])\1$", r"\1", stem)
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1]) if stem else word
