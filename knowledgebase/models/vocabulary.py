"""The words by which public pages are sorted and found, and the people named on them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Domain(models.TextChoices):
    """The three domains of social work that a theme can belong to."""

    PSYCHOLOGICAL = "psychological", _("Psychisch")
    SOCIAL = "social", _("Sociaal")
    SOCIETAL = "societal", _("Maatschappelijk")


class Audience(models.TextChoices):
    """For whom a page is written."""

    EVERYONE = "everyone", _("Iedereen")
    SELF = "self", _("Wie het zelf meemaakt")
    CLOSE_ONES = "close_ones", _("Naasten")
    PROFESSIONALS = "professionals", _("Professionals")
    ORGANISATIONS = "organisations", _("Organisaties")


class AgeBand(models.TextChoices):
    """For which age a page is written; no choice means: all ages."""

    CHILDREN = "under_16", _("Jonger dan 16")
    YOUNG = "16_25", _("16 tot en met 25")
    ADULTS = "26_66", _("26 tot en met 66")
    OLDER = "over_66", _("67 en ouder")


class Province(models.TextChoices):
    """The region in which something is offered; no choice means: the whole country."""

    DRENTHE = "drenthe", _("Drenthe")
    FLEVOLAND = "flevoland", _("Flevoland")
    FRYSLAN = "fryslan", _("Fryslân")
    GELDERLAND = "gelderland", _("Gelderland")
    GRONINGEN = "groningen", _("Groningen")
    LIMBURG = "limburg", _("Limburg")
    NOORD_BRABANT = "noord_brabant", _("Noord-Brabant")
    NOORD_HOLLAND = "noord_holland", _("Noord-Holland")
    OVERIJSSEL = "overijssel", _("Overijssel")
    UTRECHT = "utrecht", _("Utrecht")
    ZEELAND = "zeeland", _("Zeeland")
    ZUID_HOLLAND = "zuid_holland", _("Zuid-Holland")


class ProviderKind(models.TextChoices):
    """What kind of organisation stands behind an offer (requirement 000-26 asks for general social work apart)."""

    SOCIAL_WORK = "social_work", _("Algemeen maatschappelijk werk")
    WELFARE = "welfare", _("Welzijnswerk")
    MENTAL_HEALTH = "mental_health", _("Geestelijke gezondheidszorg")
    YOUTH = "youth", _("Jeugdhulp")
    HEALTH = "health", _("Huisarts of andere zorg")
    PEERS = "peers", _("Vereniging van lotgenoten")
    MUNICIPALITY = "municipality", _("Gemeente of overheid")
    KNOWLEDGE = "knowledge", _("Kennisinstituut of opleiding")
    FUND = "fund", _("Fonds of subsidiegever")
    COMPANY = "company", _("Bedrijf")
    OTHER = "other", _("Anders")


class Theme(index.Indexed, models.Model):
    """What someone is dealing with: staff add a theme whenever a new subject comes up."""

    name = models.CharField(
        _("naam"), max_length=60, unique=True, help_text=_("Zoals mensen het zelf zeggen. Bijvoorbeeld: Geldzorgen.")
    )
    slug = models.SlugField(
        _("kort adres"), max_length=60, unique=True, help_text=_("Kleine letters, zonder spaties. Staat in adressen.")
    )
    domain = models.CharField(_("domein"), max_length=20, choices=Domain.choices)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("domain")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contact(index.Indexed, models.Model):
    """Someone at an organisation whom readers may call or mail; changed here once, it changes on every page."""

    name = models.CharField(_("naam"), max_length=80, help_text=_("De naam die bezoekers mogen zien."))
    role = models.CharField(_("functie"), max_length=80, blank=True)
    organisation = models.CharField(_("organisatie"), max_length=120, blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    panels = [FieldPanel(name) for name in ("name", "role", "organisation", "phone", "email")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("organisation")]

    class Meta:
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name

    @property
    def call(self) -> str:
        """The telephone number as a link wants it: digits, with + in front for another country."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


class ProviderFacts(models.Model):
    """What can be said of every organisation that we list, on the site or for staff alone."""

    provider = models.CharField(_("organisatie"), max_length=120, blank=True)
    provider_kind = models.CharField(_("soort organisatie"), max_length=20, choices=ProviderKind.choices, blank=True)
    region = models.CharField(
        _("regio"), max_length=20, choices=Province.choices, blank=True, help_text=_("Leeg betekent: heel Nederland.")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)

    provider_panels = [FieldPanel(name) for name in ("provider", "provider_kind", "region", "website")]

    class Meta:
        abstract = True
