"""The rules for plain Dutch, and how a text is held to them. Nothing here knows Django; why they are what they are
stands in docs/plain-language.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import IntEnum

from .passive import is_passive
from .tokens import LETTERS, sentences, syllables, words

#: A sentence has at most this many words …
MOST_WORDS = 25
#: … and in a text on average at most this many.
MEAN_WORDS = 15
#: With an average above this, a text is hard to read.
HARD_MEAN_WORDS = 20
#: A word is long from this many letters or syllables on, unless everybody knows it.
LONG_LETTERS = 14
LONG_SYLLABLES = 5
#: From this many sentences on one can speak of an average and of shares: a single message says nothing of either.
ENOUGH_SENTENCES = 5
#: The shares above which a text can be simpler, and above which it is hard to read.
LONG_WORD_SHARE = (0.05, 0.125)
PASSIVE_SHARE = (0.20, 0.50)
LONG_SENTENCE_SHARE = (0.0, 0.20)
DIFFICULT_WORD_SHARE = (0.0, 0.05)
#: A line without a full stop is a sentence from this many words on; a shorter one is a label or heading.
LABEL_WORDS = 6
#: What may stand behind a difficult word of the list.
ENDINGS = ("e", "en", "n", "s", "'s", "’s")


class Level(IntEnum):
    """How a text reads, as the outcome of one rule or of all."""

    GOOD = 0
    COULD_BE_SIMPLER = 1
    HARD = 2


@dataclass(frozen=True)
class Text:
    """One piece of writing, such as a field of a form.

    Attributes:
        words: what it says, as plain text or as HTML.
        place: what its writer calls it.
    """

    words: str
    place: str = ""


@dataclass(frozen=True)
class Finding:
    """One spot that could be simpler.

    Attributes:
        excerpt: the sentence or the word.
        text: which of the texts it stands in, counted from 0.
        words: how many words a long sentence has.
        alternative: the plain words for a difficult word.
        times: how often a word stands there.
    """

    excerpt: str
    text: int
    words: int = 0
    alternative: str = ""
    times: int = 1


@dataclass(frozen=True)
class Report:
    """What the rules say of one or more texts together."""

    sentences: int = 0
    words: int = 0
    mean: float = 0.0
    long_sentences: list[Finding] = field(default_factory=list)
    difficult_words: list[Finding] = field(default_factory=list)
    passives: list[Finding] = field(default_factory=list)
    long_words: list[Finding] = field(default_factory=list)
    levels: Mapping[str, Level] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """The indication for the whole: that of the rule that comes off worst."""
        return max(self.levels.values(), default=Level.GOOD)

    @property
    def reasons(self) -> list[str]:
        """Names of the rules that are not kept."""
        return [name for name, level in self.levels.items() if level]


def is_label(sentence: str) -> bool:
    """Whether this is a heading or a label: it may not make the average look better."""
    return sentence[-1] not in ".!?…:;’”'\")" and len(words(sentence)) < LABEL_WORDS


def is_long(word: str, everyday: Set[str] = frozenset()) -> bool:
    """Whether a word is long to read. A hyphen cuts it in two; everyday words never are."""
    return any(
        len(part) >= LONG_LETTERS or syllables(part) >= LONG_SYLLABLES
        for part in LETTERS.findall(word)
        if part.lower() not in everyday
    )


def difficult_in(found: list[str], difficult: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each word or turn of phrase of the list that stands among these words, with what to write instead."""
    here = [word.lower() for word in found]
    longest = max((phrase.count(" ") for phrase in difficult), default=0) + 1
    start = 0
    while start < len(here):
        for size in range(min(longest, len(here) - start), 0, -1):
            phrase = " ".join(here[start : start + size])
            if alternative := alternative_for(phrase, difficult):
                yield phrase, alternative
                start += size
                break
        else:
            start += 1


def alternative_for(phrase: str, difficult: Mapping[str, str]) -> str:
    """What to write instead of this phrase, also when it has an ending; empty when it is all right."""
    for ending in ("", *ENDINGS):
        if phrase.endswith(ending) and (alternative := difficult.get(phrase[: len(phrase) - len(ending)])):
            return alternative
    return ""


def report(texts: Iterable[Text], difficult: Mapping[str, str], everyday: Set[str] = frozenset()) -> Report:
    """Hold texts to the rules, as one whole.

    Args:
        texts: what is read one after another.
        difficult: words and turns of phrase in lower case, and what to write instead.
        everyday: long words that everybody knows, in lower case.
    """
    lengths: list[int] = []
    long_sentences, passives = [], []
    long_words: dict[tuple[int, str], int] = {}
    hard: dict[tuple[int, str], tuple[int, str]] = {}
    total = 0
    for number, text in enumerate(texts):
        for sentence in sentences(text.words):
            found = words(sentence)
            total += len(found)
            if not is_label(sentence):
                lengths.append(len(found))
            if len(found) > MOST_WORDS:
                long_sentences.append(Finding(sentence, number, words=len(found)))
            if is_passive(sentence):
                passives.append(Finding(sentence, number))
            listed = set()
            for phrase, alternative in difficult_in(found, difficult):
                times, _alternative = hard.get((number, phrase), (0, ""))
                hard[number, phrase] = (times + 1, alternative)
                listed.update(phrase.split())
            for word in found:
                if word.lower() not in listed and is_long(word, everyday):
                    long_words[number, word.lower()] = long_words.get((number, word.lower()), 0) + 1
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    difficult_times = sum(times for times, _alternative in hard.values())
    enough = len(lengths) >= ENOUGH_SENTENCES
    return Report(
        sentences=len(lengths),
        words=total,
        mean=mean,
        long_sentences=long_sentences,
        difficult_words=[
            Finding(word, number, alternative=instead, times=times) for (number, word), (times, instead) in hard.items()
        ],
        passives=passives,
        long_words=[Finding(word, number, times=times) for (number, word), times in long_words.items()],
        levels={
            "long_sentences": share(len(long_sentences), len(lengths), LONG_SENTENCE_SHARE, enough),
            "mean": Level((mean > MEAN_WORDS) + (mean > HARD_MEAN_WORDS)) if enough else Level.GOOD,
            "difficult_words": share(difficult_times, total, DIFFICULT_WORD_SHARE, enough),
            "passives": share(len(passives), len(lengths), PASSIVE_SHARE, enough),
            "long_words": share(sum(long_words.values()), total, LONG_WORD_SHARE, enough),
        },
    )


def share(count: int, whole: int, limits: tuple[float, float], enough: bool) -> Level:
    """The level for a share. A short text only breaks a rule that allows none at all, and is never called hard."""
    some, many = limits
    if not enough:
        return Level.COULD_BE_SIMPLER if count and not some else Level.GOOD
    part = count / whole
    return Level((part > some) + (part > many))
