"""The blocks with which staff build a quick scan, without code: questions, answers, and where an answer leads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledgebase.blocks import JumpBlock, LimitedStreamBlock

#: What staff type to end the scan after an answer.
END = "Einde"
LOWEST, HIGHEST = 1, 5


def jump(label: Any, help_text: Any) -> JumpBlock:
    """Where somebody goes on: a later question, or the end."""
    return JumpBlock(also=END, label=label, required=False, help_text=help_text)


class BaseQuestionBlock(blocks.StructBlock):
    """What all questions have."""

    name = blocks.CharBlock(
        label=_("Korte naam"),
        max_length=80,
        search_index=False,
        help_text=_("Voor jullie zelf. Een sprong kiest een vraag met deze naam."),
    )
    question = blocks.CharBlock(label=_("Vraag"), max_length=200, help_text=_("Eén vraag, met een vraagteken."))
    hint = blocks.CharBlock(label=_("Uitleg bij de vraag"), required=False, max_length=250)
    key = blocks.CharBlock(
        label=_("Adres"),
        required=False,
        max_length=50,
        search_index=False,
        help_text=_(
            "Leeg betekent: we maken het van de naam. Verander je de naam later? Vul dan hier de oude naam in. "
            "Anders tellen eerdere antwoorden apart."
        ),
    )
    required = blocks.BooleanBlock(label=_("Verplicht"), required=False, default=True)
    target = jump(_("Daarna naar"), _("Een latere vraag, of “Einde”. Leeg betekent: de volgende vraag."))

    class Meta:
        label_format = "{name}"


class OptionBlock(blocks.StructBlock):
    """One answer to choose."""

    label = blocks.CharBlock(label=_("Antwoord"), max_length=120)
    target = jump(_("Spring naar"), _("Een latere vraag, of “Einde”. Leeg betekent: wat bij de vraag zelf staat."))

    class Meta:
        icon = "redirect"
        label_format = "{label}"
        label = _("Antwoord")


class OptionStreamBlock(LimitedStreamBlock):
    """The answers to choose from, in order."""

    option = OptionBlock()


class ChoiceBlock(BaseQuestionBlock):
    """One answer."""

    options = OptionStreamBlock(label=_("Antwoorden"), min_num=2, max_num=12)

    class Meta:
        icon = "radio-full"
        label = _("Eén keuze")


class ChoicesBlock(BaseQuestionBlock):
    """Several answers. The first chosen answer with a jump says where one goes."""

    options = OptionStreamBlock(label=_("Antwoorden"), min_num=2, max_num=15)

    class Meta:
        icon = "list-ul"
        label = _("Meer keuzes")


class NeedsBlock(BaseQuestionBlock):
    """What an organisation needs support with (requirement 004-04): the same question in every scan."""

    name = blocks.CharBlock(label=_("Korte naam"), max_length=80, search_index=False, default="Steun")
    question = blocks.CharBlock(label=_("Vraag"), max_length=200, default="Waar is steun bij nodig?")
    options = OptionStreamBlock(label=_("Soorten steun"), min_num=2, max_num=15)

    class Meta:
        icon = "help"
        label = _("Waar is steun bij nodig")


class SkipBlock(blocks.StructBlock):
    """Where a number leads."""

    number = blocks.ChoiceBlock(
        label=_("Bij cijfer"), choices=[(str(number), str(number)) for number in range(LOWEST, HIGHEST + 1)]
    )
    target = JumpBlock(also=END, label=_("Spring naar"), help_text=_("Een latere vraag, of “Einde”."))

    class Meta:
        icon = "redirect"
        label_format = "{number}"
        label = _("Sprong")


class SkipStreamBlock(LimitedStreamBlock):
    """The numbers that lead elsewhere."""

    skip = SkipBlock()


class ScaleBlock(BaseQuestionBlock):
    """A number from 1 to 5."""

    low = blocks.CharBlock(label=_("Wat betekent 1?"), max_length=60, default="helemaal niet")
    high = blocks.CharBlock(label=_("Wat betekent 5?"), max_length=60, default="heel erg")
    skips = SkipStreamBlock(label=_("Sprongen"), required=False, max_num=5)

    class Meta:
        icon = "order"
        label = _("Cijfer van 1 tot 5")


class TextBlock(BaseQuestionBlock):
    """A few own words. They are for staff only, never public."""

    class Meta:
        icon = "pilcrow"
        label = _("Korte tekst")


class QuestionStreamBlock(LimitedStreamBlock):
    """The questions of a scan. Kind of organisation and province come first by themselves."""

    choice = ChoiceBlock()
    choices = ChoicesBlock()
    needs = NeedsBlock()
    scale = ScaleBlock()
    text = TextBlock()
