"""Why a file is not taken in, in sentences that say what to do."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EMPTY = _("Dit bestand is leeg. Open het eerst zelf, bewaar het opnieuw en probeer het dan weer.")
TOO_BIG = _("Dit bestand is te groot: %(size)s. Er past hooguit %(limit)s in. Maak het kleiner.")
NO_PICTURE = _("Deze foto kunnen we niet openen. Bewaar haar opnieuw als JPEG of PNG en probeer het dan weer.")
TOO_MANY_PIXELS = _(
    "Deze foto is te groot om te bewerken. Maak haar kleiner, bijvoorbeeld 2.500 beeldpunten breed. "
    "Kies haar dan opnieuw."
)
HEIC = _(
    "Deze foto heeft een soort die niet iedereen kan openen. Bewaar haar als JPEG. Op een iPhone: Instellingen, "
    "Camera, Structuren, Meest compatibel."
)
NOT_WHAT_IT_SAYS = _(
    "De naam eindigt op .%(extension)s, maar het is iets anders, of het is stuk, of er zitten macro's in. Bewaar het "
    "opnieuw, zonder macro's. Of maak er een PDF van."
)
UNKNOWN = _("Deze soort bestand kan hier niet. Dit kan wel: %(kinds)s. Maak er bijvoorbeeld een PDF van.")
VIRUS = _(
    "De virusscanner vertrouwt dit bestand niet. Stuur het niet door. Vraag hulp aan iemand die er verstand van heeft."
)
NO_SCANNER = _("We kunnen nu niet kijken of dit bestand veilig is. Probeer het later nog eens.")
BUSY = _("Het is nu druk met foto's. Wacht een minuut en probeer het dan weer.")
NO_ROOM = _("We kunnen dit bestand nu niet bewaren. Probeer het later nog eens.")
FULL = _(
    "In deze groep passen geen bestanden meer. Haal eerst bestanden weg die niet meer nodig zijn. "
    "Of vraag een begeleider om dat te doen."
)
GONE = _("Dit bestand is er niet meer. Kies het nog een keer.")


def refusal(sentence: object, code: str, **words: object) -> ValidationError:
    """A refusal; `words` are filled in."""
    return ValidationError(str(sentence) % words if words else sentence, code=code)  # type: ignore[arg-type]
