"""What a theme is built of: steps, success factors, examples with their evidence, and step plans."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from ..blocks import LimitedStreamBlock

FEWEST_EXAMPLES, MOST_EXAMPLES = 5, 10

OUTCOMES = [
    ("promising", _("Kansrijk")),
    ("not_promising", _("Niet kansrijk")),
    ("unknown", _("Nog niet bekend")),
]
EVIDENCE_KINDS = [
    ("practice", _("Ervaring van professionals")),
    ("participants", _("Ervaring van deelnemers")),
    ("evaluation", _("Terugblik op een proef")),
    ("research", _("Onderzoek")),
    ("theory", _("Theorie of handboek")),
    ("policy", _("Wet, norm of richtlijn")),
]


class TrackStepBlock(blocks.StructBlock):
    """One step of a track, with the choice that has to be made there."""

    title = blocks.CharBlock(label=_("Stap"), max_length=80, help_text=_("Begin met een werkwoord."))
    text = blocks.TextBlock(label=_("Uitleg"), max_length=500, rows=3, help_text=_("Wat doe je, en met wie?"))
    choice = blocks.CharBlock(
        label=_("Keuzemoment"),
        max_length=200,
        required=False,
        help_text=_("Alleen als je hier moet kiezen. Schrijf het als vraag: “Bellen of chatten?”"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Stap")


class TrackStreamBlock(LimitedStreamBlock):
    """The steps of a track, in order."""

    step = TrackStepBlock()


class FactorStreamBlock(LimitedStreamBlock):
    """What decides whether a technique succeeds."""

    factor = blocks.CharBlock(
        label=_("Succesfactor"), max_length=200, icon="tick", help_text=_("Eén zin. Wat mag niet ontbreken?")
    )


class EvidenceValue(blocks.StructValue):
    """Evidence as readers see it."""

    @property
    def kind_label(self) -> Any:
        return dict(EVIDENCE_KINDS).get(self.get("kind"), "")


class EvidenceBlock(blocks.StructBlock):
    """What one statement is based on."""

    kind = blocks.ChoiceBlock(label=_("Soort onderbouwing"), choices=EVIDENCE_KINDS)
    source = blocks.CharBlock(
        label=_("Bron"), max_length=250, help_text=_("Wie zegt het, en waar staat het? Noem geen deelnemers.")
    )
    year = blocks.CharBlock(label=_("Jaar"), max_length=4, required=False)
    url = blocks.URLBlock(label=_("Adres op internet"), max_length=500, required=False)

    class Meta:
        icon = "openquote"
        label = _("Onderbouwing")
        value_class = EvidenceValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("year") and not re.fullmatch(r"(19|20)\d\d", cleaned["year"]):
            message = _("Vul een jaar in met vier cijfers, bijvoorbeeld 2024.")
            raise StructBlockValidationError(block_errors={"year": ValidationError(message)})
        return cleaned


class EvidenceStreamBlock(LimitedStreamBlock):
    """What an example is based on; several kinds together give a broad view."""

    evidence = EvidenceBlock()


class ExampleValue(blocks.StructValue):
    """An example as readers see it."""

    @property
    def outcome_label(self) -> Any:
        return dict(OUTCOMES).get(self.get("outcome"), "")


class ExampleBlock(blocks.StructBlock):
    """Something that was really done: what, where, what came of it, and how we know."""

    title = blocks.CharBlock(label=_("Titel"), max_length=100)
    place = blocks.CharBlock(
        label=_("Waar en door wie?"), max_length=160, help_text=_("De organisatie en de plaats of regio.")
    )
    text = blocks.TextBlock(label=_("Wat is er gedaan?"), max_length=900, rows=5)
    result = blocks.TextBlock(label=_("Wat kwam eruit?"), max_length=500, rows=3)
    outcome = blocks.ChoiceBlock(
        label=_("Is het kansrijk?"),
        choices=OUTCOMES,
        default="unknown",
        help_text=_("Ook “niet kansrijk” is een goed voorbeeld: anderen leren ervan."),
    )
    evidence = EvidenceStreamBlock(label=_("Waar is dit op gebaseerd?"), min_num=1, max_num=4)

    class Meta:
        icon = "pick"
        label = _("Voorbeeld")
        value_class = ExampleValue


class ExampleStreamBlock(LimitedStreamBlock):
    """Five to ten examples. A draft may hold any number: only what goes online is counted."""

    example = ExampleBlock()

    class Meta:
        # Without `max_num`: Wagtail would also refuse a draft with too many.
        min_num = FEWEST_EXAMPLES

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not getattr(self, "is_deferred_validation", False) and (message := self.count_message(len(value))):
            raise StreamBlockValidationError(non_block_errors=[message])
        return cleaned

    def count_message(self, count: int) -> ValidationError | None:
        bounds = {"fewest": FEWEST_EXAMPLES, "most": MOST_EXAMPLES, "count": count}
        if count < FEWEST_EXAMPLES:
            return ValidationError(
                ngettext(
                    "Een thema heeft %(fewest)d tot %(most)d voorbeelden. Nu staat er %(count)d. "
                    "Voeg er nog %(more)d toe, of bewaar het thema als concept.",
                    "Een thema heeft %(fewest)d tot %(most)d voorbeelden. Nu staan er %(count)d. "
                    "Voeg er nog %(more)d toe, of bewaar het thema als concept.",
                    count,
                ),
                params={**bounds, "more": FEWEST_EXAMPLES - count},
            )
        if count > MOST_EXAMPLES:
            return ValidationError(
                _(
                    "Een thema heeft %(fewest)d tot %(most)d voorbeelden. Nu staan er %(count)d. "
                    "Haal er %(fewer)d weg, of bewaar het thema als concept."
                ),
                params={**bounds, "fewer": count - MOST_EXAMPLES},
            )
        return None


class StepPlanChooserBlock(blocks.PageChooserBlock):
    """Chooses a step plan; any page where the app with step plans is not installed."""

    @cached_property
    def target_models(self) -> list[Any]:
        if apps.is_installed("knowledgebase.stepplans"):
            return [apps.get_model("knowledgebase_stepplans", "StepPlanPage")]
        return super().target_models


class StepPlanStreamBlock(LimitedStreamBlock):
    """Step plans that help to choose."""

    plan = StepPlanChooserBlock(label=_("Stappenplan"))
