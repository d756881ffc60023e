"""The parts of a psycho-education topic."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .limited import LimitedStreamBlock


class RecogniseStreamBlock(LimitedStreamBlock):
    """Sentences in which a reader can recognise himself or herself."""

    item = blocks.CharBlock(
        label=_("Herkenning"),
        max_length=140,
        icon="tick",
        help_text=_("Eén zin, zoals iemand het zelf zou zeggen. Bijvoorbeeld: “Ik lig 's nachts lang wakker.”"),
    )


class StepBlock(blocks.StructBlock):
    """One small thing someone can do today."""

    title = blocks.CharBlock(label=_("Stap"), max_length=60, help_text=_("Begin met een werkwoord."))
    text = blocks.TextBlock(label=_("Uitleg"), max_length=400, rows=3, help_text=_("Klein genoeg voor vandaag."))

    class Meta:
        icon = "list-ol"
        label = _("Kleine stap")


class StepStreamBlock(LimitedStreamBlock):
    """The small steps of a topic, in order."""

    step = StepBlock()
