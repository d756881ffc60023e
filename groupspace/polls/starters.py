"""Examples to begin a poll from: talking over with the group what works (evaluation talks)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from groupspace.text.sanitiser import from_plain

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Starter:
    """A question with choices, to be made one's own."""

    question: StrOrPromise
    options: tuple[StrOrPromise, ...]
    explanation: StrOrPromise

    def initial(self) -> dict[str, Any]:
        """What stands in the form."""
        return {
            "question": str(self.question),
            "options": "\n".join(map(str, self.options)),
            "explanation": from_plain(str(self.explanation)),
            "multiple": True,
            "hide_until_voted": True,
        }


#: By the word that stands in the address of the form.
STARTERS = {
    "wat-werkt": Starter(
        _("Wat werkt voor jou in deze groep?"),
        (
            _("Lezen wat anderen schrijven"),
            _("Zelf mijn verhaal kwijt kunnen"),
            _("Een reactie krijgen van een ander"),
            _("Een ander helpen"),
            _("De tips en de uitleg"),
            _("Weten dat er een begeleider is"),
        ),
        _("Zo zien we samen wat helpt, en doen we daar meer van. Mis je iets? Schrijf het in een reactie."),
    ),
    "wat-anders": Starter(
        _("Wat kan er anders in deze groep?"),
        (
            _("Vaker een nieuw gesprek of een nieuwe vraag"),
            _("Sneller een reactie"),
            _("Minder berichten"),
            _("Duidelijker afspraken"),
            _("Meer uitleg over het onderwerp"),
            _("Niets, het is goed zo"),
        ),
        _("Kies wat jij belangrijk vindt. Dan bespreken we wat we gaan doen. Mis je iets? Schrijf het in een reactie."),
    ),
}
