"""The time zones people choose from: the places Dutch readers know by name first, then the rest of the world."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Group = tuple[StrOrPromise, list[tuple[str, StrOrPromise]]]

#: In the order in which they are shown. A name that is the same in every language stands as it is.
_NAMED: tuple[Group, ...] = (
    (
        _("In het Koninkrijk"),
        [
            ("Europe/Amsterdam", _("Nederland")),
            ("America/Aruba", "Aruba"),
            ("America/Kralendijk", _("Bonaire, Sint Eustatius en Saba")),
            ("America/Curacao", "Curaçao"),
            ("America/Lower_Princes", "Sint Maarten"),
        ],
    ),
    (
        _("Dichtbij"),
        [
            ("Europe/Brussels", _("België")),
            ("Europe/Berlin", _("Duitsland")),
            ("Europe/Luxembourg", _("Luxemburg")),
            ("Europe/Paris", _("Frankrijk")),
            ("Europe/London", _("Groot-Brittannië")),
            ("Europe/Dublin", _("Ierland")),
        ],
    ),
    (
        _("Vaak gekozen"),
        [
            ("Atlantic/Canary", _("Canarische Eilanden")),
            ("Africa/Asmara", "Eritrea"),
            ("Europe/Athens", _("Griekenland")),
            ("Asia/Jakarta", _("Indonesië (Java en Sumatra)")),
            ("Europe/Rome", _("Italië")),
            ("Africa/Casablanca", _("Marokko")),
            ("Europe/Kyiv", _("Oekraïne")),
            ("Europe/Warsaw", _("Polen")),
            ("Europe/Lisbon", "Portugal"),
            ("Europe/Madrid", _("Spanje")),
            ("America/Paramaribo", "Suriname"),
            ("Asia/Damascus", _("Syrië")),
            ("Europe/Istanbul", _("Turkije")),
        ],
    ),
)
_REST: dict[str, StrOrPromise] = {
    "Africa": _("Afrika"),
    "America": _("Amerika"),
    "Antarctica": "Antarctica",
    "Arctic": _("Noordpool"),
    "Asia": _("Azië"),
    "Atlantic": _("Atlantische Oceaan"),
    "Australia": _("Australië"),
    "Europe": _("Europa"),
    "Indian": _("Indische Oceaan"),
    "Pacific": _("Stille Oceaan"),
}


@cache
def groups() -> list[Group]:
    """All zones in groups, as the choices of a form; what the system does not know is left out."""
    known = zoneinfo.available_timezones()
    found: list[Group] = [(title, [zone for zone in zones if zone[0] in known]) for title, zones in _NAMED]
    named = {code for _title, zones in _NAMED for code, _name in zones}
    for area, title in _REST.items():
        codes = (code for code in known - named if code.startswith(f"{area}/"))
        found.append((title, sorted(((code, _place(code)) for code in codes), key=lambda zone: zone[1])))
    return found


def _place(code: str) -> str:
    """The city, with the region when the code has one: "Buenos Aires (Argentina)"."""
    *_area, region, city = ["", *code.replace("_", " ").split("/")[1:]]
    return f"{city} ({region})" if region else city
