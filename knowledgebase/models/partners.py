"""The register of partners: with whom we talk, and how far we are. For staff alone, so never a page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from .vocabulary import ProviderFacts


class TalkState(models.TextChoices):
    """How far the talks with a partner are."""

    IDEA = "idea", _("Nog niet gesproken")
    TALKING = "talking", _("In gesprek")
    AGREED = "agreed", _("Afspraak gemaakt")
    PARKED = "parked", _("Geparkeerd")
    STOPPED = "stopped", _("Gestopt")


class Partner(ProviderFacts, ClusterableModel):
    """An organisation to work with."""

    provider = models.CharField(_("organisatie"), max_length=120, unique=True)
    state = models.CharField(
        _("stand van het gesprek"), max_length=10, choices=TalkState.choices, default=TalkState.IDEA
    )
    contact = models.ForeignKey(
        "knowledgebase.Contact",
        verbose_name=_("contactpersoon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    next_step = models.CharField(_("volgende stap"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(ProviderFacts.provider_panels, heading=_("Organisatie")),
        MultiFieldPanel([FieldPanel("state"), FieldPanel("contact"), FieldPanel("next_step")], heading=_("Gesprek")),
        InlinePanel("talks", heading=_("Wat is er besproken?"), label=_("Gesprek")),
    ]

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["provider"]

    def __str__(self) -> str:
        return self.provider


class PartnerTalk(models.Model):
    """One talk with a partner."""

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField(_("datum"))
    note = models.TextField(_("wat is afgesproken"), max_length=2000)

    panels = [FieldPanel("held_on"), FieldPanel("note")]

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ["-held_on", "-pk"]
