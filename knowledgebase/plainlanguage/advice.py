"""Says in Dutch what the rules found, for whoever is writing. The rules themselves are in `rules`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .rules import MEAN_WORDS, MOST_WORDS, Finding, Level, Report, Text

VERDICTS = {
    Level.GOOD: gettext_lazy("Goed te lezen"),
    Level.COULD_BE_SIMPLER: gettext_lazy("Kan eenvoudiger"),
    Level.HARD: gettext_lazy("Moeilijk te lezen"),
}
#: More of one sort is no help: whoever mended ten sees the rest.
SHOWN = 10


@dataclass(frozen=True)
class Spot:
    """One spot in the text: what stands there, what to say of it, and where it is."""

    excerpt: str
    note: str
    text: int
    place: str


@dataclass(frozen=True)
class Part:
    """All spots of one sort, with what to do about them."""

    name: str
    title: Any
    tip: Any
    is_reason: bool
    spots: list[Spot] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.spots)


def verdict(report: Report) -> str:
    """The indication with its reasons, in one line."""
    if not report.words:
        return _("Nog geen tekst")
    reasons = [reason(report, name) for name in report.reasons]
    return f"{VERDICTS[report.level]}: {', '.join(reasons)}" if reasons else str(VERDICTS[report.level])


def reason(report: Report, name: str) -> str:
    """In a few words why a rule is not kept."""
    return {
        "long_sentences": ngettext("%(count)d lange zin", "%(count)d lange zinnen", len(report.long_sentences))
        % {"count": len(report.long_sentences)},
        "mean": _("zinnen zijn gemiddeld te lang"),
        "difficult_words": ngettext(
            "%(count)d moeilijk woord", "%(count)d moeilijke woorden", len(report.difficult_words)
        )
        % {"count": len(report.difficult_words)},
        "passives": _("veel lijdende zinnen"),
        "long_words": _("veel lange woorden"),
    }[name]


def numbers(report: Report) -> str:
    """How much text there is, and how long its sentences are."""
    return ngettext(
        "%(count)d zin, gemiddeld %(mean)s woorden. Goed is hooguit %(most)d.",
        "%(count)d zinnen, gemiddeld %(mean)s woorden per zin. Goed is hooguit %(most)d.",
        report.sentences,
    ) % {"count": report.sentences, "mean": number_format(report.mean, 1), "most": MEAN_WORDS}


def parts(report: Report, texts: list[Text]) -> list[Part]:
    """What was found, sort by sort, the gravest first; sorts without a finding are left out."""
    sorts = [
        (
            "long_sentences",
            _("Lange zinnen"),
            _("Een zin heeft hooguit %(most)d woorden. Zet er een punt tussen.") % {"most": MOST_WORDS},
            report.long_sentences,
        ),
        ("difficult_words", _("Moeilijke woorden"), _("Schrijf liever het gewone woord."), report.difficult_words),
        (
            "passives",
            _("Lijdende zinnen"),
            _("Zeg wie het doet. Dus “wij bellen je”, en niet “je wordt gebeld”."),
            report.passives,
        ),
        (
            "long_words",
            _("Lange woorden"),
            _("Kan het korter, of in twee woorden? Laat staan wat iedereen kent."),
            report.long_words,
        ),
    ]
    return [
        Part(
            name,
            title,
            tip,
            name in report.reasons,
            [Spot(found.excerpt, note(found), found.text, texts[found.text].place) for found in findings[:SHOWN]],
            len(findings),
        )
        for name, title, tip, findings in sorts
        if findings
    ]


def note(found: Finding) -> str:
    """What to say of one finding, besides the words themselves."""
    said = []
    if found.words:
        said.append(_("%(count)d woorden") % {"count": found.words})
    if found.alternative:
        said.append(_("liever: %(words)s") % {"words": found.alternative})
    if found.times > 1:
        said.append(_("%(count)d keer") % {"count": found.times})
    return ", ".join(said)
