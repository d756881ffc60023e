"""The blocks with which staff build a step plan, without code: steps, choice moments, ends and success factors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledgebase.blocks import JumpBlock, LimitedStreamBlock

FEATURES = ["bold", "italic", "ol", "ul"]  # no links: a plan on paper has none


class Track(models.TextChoices):
    """What a step is about: what one does, or how one introduces it (requirement 004-07)."""

    CONTENT = "content", _("Inhoud")
    PROCESS = "process", _("Proces")


class Outcome(models.TextChoices):
    """The two ways in which a plan ends. Both are good (requirement 004-44)."""

    PROMISING = "promising", _("Kansrijk")
    NOT_PROMISING = "not_promising", _("Niet kansrijk")


class PlaceBlock(blocks.StructBlock):
    """What steps and ends have in common: a name that others can jump to."""

    name = blocks.CharBlock(
        label=_("Naam"), max_length=80, help_text=_("Kort. Een sprong kiest een stap of einde met deze naam.")
    )
    key = blocks.CharBlock(
        label=_("Adres"),
        required=False,
        max_length=50,
        search_index=False,
        help_text=_("Staat in de adresbalk. Leeg betekent: we maken het van de naam."),
    )


class BaseStepBlock(PlaceBlock):
    """One screen of the plan."""

    track = blocks.ChoiceBlock(label=_("Spoor"), choices=Track.choices, default=Track.CONTENT)
    text = blocks.RichTextBlock(
        label=_("Tekst"), features=FEATURES, help_text=_("Wat doe je in deze stap? Korte zinnen, gewone woorden.")
    )


class StepBlock(BaseStepBlock):
    """A step without a choice."""

    prompt = blocks.CharBlock(
        label=_("Vraag bij het tekstvak"),
        required=False,
        max_length=140,
        help_text=_("Bijvoorbeeld: “Welk doel heb je?” Leeg betekent: “Wat spreek je af?”"),
    )
    target = JumpBlock(label=_("Daarna naar"), required=False, help_text=_("Leeg betekent: de volgende in de lijst."))

    class Meta:
        icon = "arrow-right"
        label_format = "{name}"
        label = _("Stap")


class OptionBlock(blocks.StructBlock):
    """One of the options at a choice moment."""

    label = blocks.CharBlock(label=_("Antwoord"), max_length=120)
    consequence = blocks.TextBlock(
        label=_("Gevolg"), max_length=500, rows=2, help_text=_("Wat betekent deze keuze? Staat ook in het plan.")
    )
    target = JumpBlock(
        label=_("Daarna naar"), required=False, help_text=_("Een stap of een einde. Leeg: de volgende in de lijst.")
    )

    class Meta:
        icon = "redirect"
        label_format = "{label}"
        label = _("Antwoord")


class OptionStreamBlock(LimitedStreamBlock):
    """The options at a choice moment, in order."""

    option = OptionBlock()


class ChoiceBlock(BaseStepBlock):
    """A step with a choice moment."""

    question = blocks.CharBlock(label=_("Vraag"), max_length=200, help_text=_("Eén vraag, met een vraagteken."))
    options = OptionStreamBlock(label=_("Antwoorden"), min_num=2, max_num=4)

    class Meta:
        icon = "help"
        label_format = "{name}"
        label = _("Keuzemoment")


class PlanStreamBlock(LimitedStreamBlock):
    """The steps and choice moments of a plan. Who walks it starts at the first."""

    step = StepBlock()
    choice = ChoiceBlock()


class EndBlock(PlaceBlock):
    """A way in which the plan ends."""

    outcome = blocks.ChoiceBlock(label=_("Uitkomst"), choices=Outcome.choices, default=Outcome.PROMISING)
    text = blocks.RichTextBlock(
        label=_("Tekst"), features=FEATURES, help_text=_("Wat betekent deze uitkomst, en wat doe je nu?")
    )

    class Meta:
        icon = "tick"
        label_format = "{name}"
        label = _("Einde")


class EndStreamBlock(LimitedStreamBlock):
    """The ends of a plan."""

    end = EndBlock()


class FactorStreamBlock(LimitedStreamBlock):
    """What decides whether it succeeds (requirement 004-10), to tick."""

    factor = blocks.CharBlock(
        label=_("Succesfactor"), max_length=200, icon="pick", help_text=_("Iets wat je kunt zien of afvinken.")
    )
