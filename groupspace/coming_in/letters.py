"""The words with which a space answers who asked to join: its own letters, or ours until it has some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from groupspace.models import DecisionLetter

if TYPE_CHECKING:
    from groupspace.models import Space

Decision = DecisionLetter.Decision

#: What stands in the letters of a space that wrote none.
DEFAULTS = {
    Decision.ADMITTED: _("Welkom. Fijn dat je meedoet. Kijk eerst rustig rond. Schrijven mag als je eraan toe bent."),
    Decision.WAITING: _("Er is nu geen plek. Je staat op de wachtlijst. Je ziet steeds de hoeveelste je bent."),
    Decision.REFUSED: _(
        "Dank je dat je je verhaal vertelde. Deze groep past nu niet bij je vraag. Kijk gerust bij de andere groepen."
    ),
}


def letters_of(space: Space) -> dict[str, str]:
    """The letter for each decision; one statement."""
    own = dict(DecisionLetter.objects.filter(space=space).values_list("decision", "text"))
    return {decision.value: own.get(decision.value) or str(DEFAULTS[decision]) for decision in Decision}
