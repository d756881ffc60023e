"""Blocks of the home page, the menu and the footer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledgebase.blocks import LimitedStreamBlock, LinkBlock


class DoorBlock(blocks.StructBlock):
    """One of the entrances on the home page."""

    title = blocks.CharBlock(label=_("Naam"), max_length=30, help_text=_("Zeg wat iemand hier gaat doen: “Lees”."))
    text = blocks.TextBlock(label=_("Uitleg"), max_length=200, rows=3, help_text=_("Wat vind je achter deze deur?"))
    note = blocks.CharBlock(
        label=_("Kleine regel eronder"), max_length=60, required=False, help_text=_("Bijvoorbeeld: Geen account nodig")
    )
    link = LinkBlock(label=_("Waarheen"))

    class Meta:
        icon = "login"
        label = _("Ingang")


class DoorStreamBlock(LimitedStreamBlock):
    """The entrances, side by side."""

    door = DoorBlock()


class TrustBlock(blocks.StructBlock):
    """Why someone can trust this place."""

    title = blocks.CharBlock(label=_("Kop"), max_length=60)
    text = blocks.TextBlock(label=_("Tekst"), max_length=400, rows=4)
    link = LinkBlock(label=_("Lees meer"))

    class Meta:
        icon = "lock"
        label = _("Waarom je dit kunt vertrouwen")


class TrustStreamBlock(LimitedStreamBlock):
    """At most one explanation of why this place can be trusted."""

    trust = TrustBlock()


class LinkStreamBlock(LimitedStreamBlock):
    """Links in an order that staff choose."""

    link = LinkBlock()
