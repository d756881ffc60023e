"""Cuts a text into sentences, words and syllables, as a reader of Dutch would."""

from __future__ import annotations

import html
import re

# Every pattern here reads a text once: nothing that somebody pastes may keep the server busy.
TITLES = "dhr dr drs ing ir mevr mr mw prof st"
ABBREVIATIONS = (
    "a.u.b bijv bv ca d.m.v d.w.z e.d enz etc evt i.p.v i.v.m incl jl m.b.t m.i.v nl nr nrs o.a p resp t.a.v t.b.v"
    " t.o.v tel vgl"
)
BLOCK_END = re.compile(r"<(?:/(?:p|li|h\d|blockquote|td|th|dt|dd|div|tr)|br\s*/?)>", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
CODE = re.compile(r"`[^`]*`")
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*[^\s.,:;!?)’”'\"]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.\w+)+|(?<![\w/])/[\w/-]+/"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{[^{}]*\}\}|\{\w*\}")
STAND_IN = "X"  # one short word in the place of what is no language
STOP = re.compile(r"(?<=[.!?:;…])[’”»'\")\]]*\s+(?=[\w‘“«'\"(\[])|\n+")
#: A title always belongs to the name after it; another abbreviation may end a sentence, and then a capital follows.
TITLE_END, ABBREVIATION_END = (
    re.compile(rf"(?:^|[\s(])(?:{'|'.join(map(re.escape, listed.split()))})\.$", re.IGNORECASE)
    for listed in (TITLES, ABBREVIATIONS)
)
WORD = re.compile(r"\d[\d.,: -]*\d|\d|[^\W\d_][\w’'-]*", re.UNICODE)
LETTERS = re.compile(r"[^\W\d_]+")
VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ai|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáàâäéèêëíìîïóòôöúùûü]")


def plain(text: str) -> str:
    """What is read of a text: no tags, code or addresses, and a short word for what is filled in later."""
    text = TAG.sub("", BLOCK_END.sub("\n", text))
    text = html.unescape(text).replace("\xa0", " ").replace("\xad", "")
    for pattern in (CODE, ADDRESS, PLACEHOLDER):
        text = pattern.sub(STAND_IN, text)
    return text


def sentences(text: str) -> list[str]:
    """Cut a text where a reader stops: at a full stop, a colon, a semicolon and the end of a line or list item."""
    found: list[str] = []
    for line in plain(text).splitlines():
        whole = ""
        for part in STOP.split(line):
            if whole and goes_on(whole, part):
                whole = f"{whole} {part}"
            else:
                found.append(whole)
                whole = part
        found.append(whole)
    return [part.strip() for part in found if WORD.search(part)]


def goes_on(before: str, after: str) -> bool:
    """Whether what looked like a full stop was the end of an abbreviation."""
    return bool(TITLE_END.search(before) or (ABBREVIATION_END.search(before) and not after[:1].isupper()))


def words(sentence: str) -> list[str]:
    """The words of a sentence; a telephone number counts as one."""
    return WORD.findall(sentence)


def syllables(word: str) -> int:
    """How many syllables a Dutch word has, by its groups of vowels."""
    return len(VOWELS.findall(word.lower()))
