"""Collections: the directory of online help, research, obstacles, funding, software. One design, not six."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import FactStreamBlock, FurtherStreamBlock, SourceStreamBlock, TextStreamBlock
from ..forms import CheckedForm
from .public_page import PublicPage
from .vocabulary import Audience, Domain, ProviderFacts, ProviderKind, Province

PER_PAGE = 24


class CollectionKind(models.TextChoices):
    """What is collected."""

    DIRECTORY = "directory", _("Bestaande online hulp")
    RESEARCH = "research", _("Onderzoek")
    OBSTACLES = "obstacles", _("Wat werkt en wat niet")
    FUNDING = "funding", _("Financiering")
    SOFTWARE = "software", _("Software")


class GroupWise(models.TextChoices):
    """Whether people get this help together (requirement 000-27)."""

    GROUP = "group", _("In een groep")
    SINGLE = "single", _("Alleen")
    BOTH = "both", _("Allebei")


class Outcome(models.TextChoices):
    """What came of it."""

    WORKS = "works", _("Werkt")
    MIXED = "mixed", _("Werkt soms")
    FAILS = "fails", _("Werkt niet")
    UNKNOWN = "unknown", _("Nog niet bekend")


@dataclass(frozen=True)
class Facet:
    """Something to choose by: its name in the address, its label, where it is stored, its choices, and what fits all.

    What fits all stays in the list whatever somebody chooses: help for the whole country also helps in Utrecht.
    """

    name: str
    label: Any
    field: str
    choices: type[models.TextChoices]
    fits_all: str | None = None

    def fitting(self, value: str) -> dict[str, Any]:
        """The filter for items that suit who chose this value."""
        return {f"{self.field}__in": [value] if self.fits_all is None else [value, self.fits_all]}


KIND = Facet("soort", _("Soort organisatie"), "provider_kind", ProviderKind)
TOGETHER = Facet("samen", _("Samen of alleen"), "group_wise", GroupWise, GroupWise.BOTH)
REGION = Facet("regio", _("Regio"), "region", Province, "")
AUDIENCE = Facet("voor", _("Voor wie"), "audience", Audience, Audience.EVERYONE)
DOMAIN = Facet("domein", _("Domein"), "theme__domain", Domain)
OUTCOME = Facet("uitkomst", _("Uitkomst"), "outcome", Outcome)

#: What a visitor can choose by in each collection. An item has all fields; these are the ones that tell items apart.
FACETS: dict[str, tuple[Facet, ...]] = {
    CollectionKind.DIRECTORY: (KIND, TOGETHER, REGION, AUDIENCE, DOMAIN),
    CollectionKind.RESEARCH: (OUTCOME, TOGETHER, AUDIENCE, DOMAIN),
    CollectionKind.OBSTACLES: (OUTCOME, AUDIENCE),
    CollectionKind.FUNDING: (KIND, REGION),
    CollectionKind.SOFTWARE: (TOGETHER,),
}


class CollectionPage(PublicPage):
    """A list of things of one kind, from which visitors choose by what matters to them."""

    kind = models.CharField(_("wat staat erin"), max_length=20, choices=CollectionKind.choices)

    template = "knowledgebase/collection.html"
    schema_type = "CollectionPage"
    is_announced = False
    subpage_types = ["knowledgebase.CollectionItemPage"]
    page_description = _("Een overzicht om in te kiezen: hulp, onderzoek, ervaringen, financiering of software.")
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("kind"),
        HelpPanel(_("De pagina's hieronder in de boom komen vanzelf in het overzicht.")),
    ]

    class Meta:
        verbose_name = _("Overzicht")
        verbose_name_plural = _("Overzichten")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render; what somebody chose by is nobody else's business."""
        response = super().serve(request, *args, **kwargs)
        if request.GET:
            response.public_cacheable = False
            patch_cache_control(response, private=True, no_store=True)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = CollectionItemPage.objects.child_of(self).live().public().select_related("theme")
        chosen = self.chosen(request)
        for facet, value in chosen.items():
            items = items.filter(**facet.fitting(value))
        return {
            **super().get_context(request, *args, **kwargs),
            "items": Paginator(items.order_by("title"), PER_PAGE).get_page(request.GET.get("pagina")),
            "facets": [(facet, facet.choices.choices, chosen.get(facet, "")) for facet in self.facets],
            "chosen": chosen,
            "query": "".join(f"{facet.name}={value}&" for facet, value in chosen.items()),
        }

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What visitors choose by here."""
        return FACETS.get(self.kind, ())

    def chosen(self, request: HttpRequest) -> dict[Facet, str]:
        """The choices in this address; what is no choice of ours is left out."""
        asked = {facet: request.GET.get(facet.name, "") for facet in self.facets}
        return {facet: value for facet, value in asked.items() if value in facet.choices.values}


class CollectionItemPage(ProviderFacts, PublicPage):
    """One thing in a collection."""

    body = StreamField(TextStreamBlock(max_num=20), blank=True, verbose_name=_("Tekst"))
    group_wise = models.CharField(_("samen of alleen"), max_length=10, choices=GroupWise.choices, blank=True)
    outcome = models.CharField(
        _("uitkomst"),
        max_length=10,
        choices=Outcome.choices,
        blank=True,
        help_text=_("Bij onderzoek en bij ervaringen: wat kwam eruit?"),
    )
    facts = StreamField(
        FactStreamBlock(max_num=12),
        blank=True,
        verbose_name=_("Feiten op een rij"),
        help_text=_("Bijvoorbeeld kosten, openingstijden, licentie of de laatste dag om aan te vragen."),
    )
    further = StreamField(
        FurtherStreamBlock(max_num=5),
        blank=True,
        verbose_name=_("Hoort bij"),
        help_text=_("Bijvoorbeeld de groep of het verslag waar dit geld voor was."),
    )
    sources = StreamField(SourceStreamBlock(max_num=10), blank=True, verbose_name=_("Bronnen"))

    template = "knowledgebase/collection_item.html"
    parent_page_types = ["knowledgebase.CollectionPage"]
    subpage_types: list[str] = []
    reader_kind = _("Uit een overzicht")
    page_description = _("Eén hulpaanbod, onderzoek, ervaring, fonds of programma in een overzicht.")
    base_form_class = CheckedForm
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        MultiFieldPanel(ProviderFacts.provider_panels, heading=_("Van wie")),
        MultiFieldPanel([FieldPanel("group_wise"), FieldPanel("outcome")], heading=_("Kenmerken")),
        *(FieldPanel(name) for name in ("body", "facts", "further", "sources")),
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("provider"),
        index.SearchField("body"),
        index.SearchField("facts"),
        *(index.FilterField(name) for name in ("provider_kind", "region", "group_wise", "outcome")),
    ]

    class Meta:
        verbose_name = _("Onderdeel van een overzicht")
        verbose_name_plural = _("Onderdelen van een overzicht")
