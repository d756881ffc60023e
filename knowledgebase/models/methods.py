"""Method cards: one way of working each, always with the same parts (requirement 002-38)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from ..blocks import TEXT_FEATURES, SourceStreamBlock
from ..forms import MethodForm
from .public_page import PublicPage


def part(label: Any, help_text: Any = "", *, blank: bool = False) -> RichTextField:
    """One part of the card, as running text."""
    return RichTextField(label, features=TEXT_FEATURES, help_text=help_text, blank=blank)


class MethodPage(PublicPage):
    """A method card."""

    vision = part(_("visie en uitgangspunten"), _("Waar gaat deze methode van uit?"))
    aim = part(_("doel"), _("Wat bereiken mensen ermee?"))
    target_group = part(_("doelgroep"), _("Voor wie is het, en voor wie niet?"))
    approach = part(_("aanpak"), _("Wat doe je, stap voor stap?"))
    reach = part(_("bereik"), _("Hoeveel mensen deden mee, en waar?"), blank=True)
    transferability = part(_("overdraagbaarheid"), _("Wat is nodig om het ergens anders te doen?"), blank=True)
    materials = part(_("materialen"), _("Wat is er te krijgen? Bestanden voeg je toe bij Bijlagen."), blank=True)
    effect_research = part(_("onderzoek naar effect"), _("Is het onderzocht? Zeg het ook als dat niet zo is."))
    publications = StreamField(SourceStreamBlock(max_num=20), blank=True, verbose_name=_("publicaties"))
    developer = models.CharField(_("ontwikkelaar"), max_length=200, help_text=_("Wie heeft de methode gemaakt?"))
    dated_on = models.DateField(_("datum"), help_text=_("Van wanneer is deze beschrijving?"))

    template = "knowledgebase/method.html"
    schema_type = "Article"
    reader_kind = _("Methode")
    page_description = _("Een methodekaart: één werkwijze, altijd met dezelfde onderdelen.")
    subpage_types: list[str] = []
    base_form_class = MethodForm
    #: The parts in the order of the card.
    parts = ("vision", "aim", "target_group", "approach", "reach", "transferability", "materials", "effect_research")
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        *map(FieldPanel, parts),
        FieldPanel("publications"),
        MultiFieldPanel([FieldPanel("developer"), FieldPanel("dated_on")], heading=_("Herkomst")),
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [*PublicPage.search_fields, *map(index.SearchField, (*parts, "developer"))]

    class Meta:
        verbose_name = _("Methodekaart")
        verbose_name_plural = _("Methodekaarten")

    def filled_parts(self) -> Iterator[tuple[str, Any, str]]:
        """(name, label, text) of each part that says something, in order."""
        for name in self.parts:
            if text := getattr(self, name):
                yield name, self._meta.get_field(name).verbose_name, text
