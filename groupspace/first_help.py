"""What somebody reads at the first visit to a group, or to the page of a coordinator: for each role its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

FACILITATOR, COORDINATOR, PARTICIPANT = READERS = ("facilitator", "coordinator", "participant")
CACHE_KEY = "groupspace-first-help"
CACHE_SECONDS = 24 * 60 * 60

#: What stands there until staff write their own.
OURS: Mapping[str, StrOrPromise] = {
    FACILITATOR: _(
        "Fijn dat je deze groep begeleidt. Bij Verloop staat wat er nodig is voor de start. Schrijf zelf het eerste "
        "bericht, dan durven anderen ook. Bij ‘Als het misgaat’ staat wat je doet als iemand in gevaar is. Alleen de "
        "leden lezen mee. Wie de site beheert, kan niet in de groep kijken."
    ),
    COORDINATOR: _(
        "Hier zie je hoe het gaat met de groepen van je organisatie. Je ziet aantallen en data. Wie meedoet en wat "
        "mensen schrijven, zie je niet. Staat er ‘stil’ bij een groep? Vraag dan aan de begeleider hoe het gaat."
    ),
    PARTICIPANT: _(
        "Fijn dat je er bent. Alleen de leden van deze groep lezen wat je schrijft. Zij zien alleen de naam die je "
        "hier koos. Je hoeft niets te schrijven: lezen is ook meedoen. Bij Meldingen kies je wat je wilt horen. Met "
        "de knop ‘Weg van deze site’ ben je meteen weg."
    ),
}


@dataclass(frozen=True, slots=True)
class Help:
    """The words for one reader, and where one reads on."""

    reader: str
    text: str
    url: str = ""


def help_for(reader: str) -> Help:
    """The words for a reader: those of staff, or else ours. No query while they stand in the cache."""
    written = cache.get(CACHE_KEY)
    if written is None:
        from groupspace.models import FirstHelp

        written = FirstHelp.read()
        cache.set(CACHE_KEY, written, CACHE_SECONDS)
    text, url = written.get(reader, ("", ""))
    return Help(reader, text or str(OURS[reader]), url)


def forget() -> None:
    """Let the next page read the words again."""
    cache.delete(CACHE_KEY)
