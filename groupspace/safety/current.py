"""What pages show: the exit address and the crisis lines, from the cache, and from the code when all else fails."""

from __future__ import annotations

import datetime
import re
from typing import TypedDict

from django.core.cache import cache

CACHE_KEY = "groupspace-safety-1"
CACHE_SECONDS = 24 * 60 * 60


class Line(TypedDict):
    """One way to get help now. `short` stands on a phone, where there is room for numbers only."""

    label: str
    contact: str
    short: str
    note: str


class Safety(TypedDict):
    """Everything a page needs; plain data, so that one read from the cache brings it all."""

    exit_url: str
    spare_exit_url: str
    help_url: str
    lines: list[Line]
    checked_on: datetime.date | None


DEFAULTS: Safety = {
    "exit_url": "https://www.buienradar.nl/",
    "spare_exit_url": "https://nos.nl/",
    "help_url": "",
    "lines": [
        {"label": "Direct gevaar", "contact": "112", "short": "112", "note": "Politie, brandweer of ambulance."},
        {
            "label": "Denk je aan zelfmoord?",
            "contact": "113",
            "short": "113",
            "note": "Gratis en zonder je naam, dag en nacht. Ook 0800-0113, of chatten op 113.nl.",
        },
        {
            "label": "Veilig Thuis",
            "contact": "0800-2000",
            "short": "0800-2000",
            "note": "Geweld, misbruik of verwaarlozing thuis. Gratis, dag en nacht.",
        },
        {
            "label": "Centrum Seksueel Geweld",
            "contact": "0800-0188",
            "short": "",
            "note": "Na ongewenste seks of aanranding. Gratis, dag en nacht.",
        },
        {"label": "Kindertelefoon", "contact": "0800-0432", "short": "", "note": "Voor iedereen tot 18 jaar."},
        {"label": "Luisterlijn", "contact": "088 0767 000", "short": "", "note": "Een luisterend oor, dag en nacht."},
    ],
    "checked_on": None,
}


def safety() -> Safety:
    """What staff have set, or the defaults of the code; no query while it stands in the cache."""
    found = cache.get(CACHE_KEY)
    if found is None:
        from .models import SafetySettings

        found = SafetySettings.read()
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def forget() -> None:
    """Let the next page read the settings again."""
    cache.delete(CACHE_KEY)


def contact_url(contact: str) -> str:
    """The address behind a contact: a web address stays, a telephone number becomes a tel: link."""
    return contact if contact.startswith("https://") else "tel:" + re.sub(r"[^\d+]", "", contact)
