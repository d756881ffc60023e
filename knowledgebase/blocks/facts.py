"""Short facts, each with its name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .limited import LimitedStreamBlock


class FactBlock(blocks.StructBlock):
    """One fact: what it is about, and what it is."""

    label = blocks.CharBlock(label=_("Wat"), max_length=40, help_text=_("Bijvoorbeeld: Kosten."))
    value = blocks.CharBlock(label=_("Hoe het is"), max_length=200, help_text=_("Bijvoorbeeld: Gratis."))

    class Meta:
        icon = "form"
        label = _("Feit")


class FactStreamBlock(LimitedStreamBlock):
    """Facts in the order in which a reader sees them."""

    fact = FactBlock()
