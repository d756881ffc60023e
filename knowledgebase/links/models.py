"""What was found: addresses elsewhere that were tried, and links on pages that lead nowhere."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Problem(models.TextChoices):
    """Why a link does not work. Each has a sentence, and says what to do."""

    PAGE_GONE = "page_gone", _("De pagina bestaat niet meer.")
    PAGE_OFFLINE = "page_offline", _("De pagina staat niet op de site.")
    FILE_GONE = "file_gone", _("Het bestand bestaat niet meer.")
    ADDRESS_GONE = "address_gone", _("Op dit adres staat niets op onze site.")
    NO_ADDRESS = "no_address", _("Dit is geen goed adres.")
    NOT_FOUND = "not_found", _("De andere site zegt dat de pagina er niet is.")
    NO_HOST = "no_host", _("De andere site bestaat niet.")
    NO_ANSWER = "no_answer", _("De andere site geeft geen antwoord.")
    SERVER_ERROR = "server_error", _("De andere site heeft een storing.")
    CERTIFICATE = "certificate", _("De beveiliging van de andere site klopt niet.")
    TOO_MANY_MOVES = "too_many_moves", _("De andere site stuurt steeds door.")
    REFUSED = "refused", _("Dit adres is van een besloten netwerk. Bezoekers komen er niet bij.")

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return str(self.label)

    @property
    def advice(self) -> str:
        """What an editor can do now."""
        if self == Problem.PAGE_OFFLINE:
            return str(_("Kies een andere pagina, haal de link weg of zet eerst die pagina op de site."))
        if self in (Problem.PAGE_GONE, Problem.FILE_GONE):
            return str(_("Kies iets anders of haal de link weg."))
        return str(_("Verbeter het adres of haal de link weg."))


#: A longer address is not tried: PostgreSQL cannot put it in an index.
LONGEST = 1000


class OutsideLink(models.Model):
    """An address on another site that public pages link to, and what came of trying it."""

    address = models.CharField(_("adres"), max_length=LONGEST, unique=True)
    checked_at = models.DateTimeField(_("geprobeerd op"), null=True, db_index=True)
    problem = models.CharField(_("probleem"), max_length=20, choices=Problem.choices, blank=True)
    failures = models.PositiveSmallIntegerField(_("keer mislukt"), default=0)

    class Meta:
        verbose_name = _("link naar een andere site")
        verbose_name_plural = _("links naar andere sites")
        default_permissions = ()


class BrokenLinkQuerySet(models.QuerySet):
    """Links that lead nowhere."""

    def for_editors(self) -> BrokenLinkQuerySet:
        """On live pages, the newest first."""
        return self.filter(page__live=True).select_related("page").order_by("-seen_on", "page__title", "address")


class BrokenLink(models.Model):
    """A link that leads nowhere, on a page or around the pages of a site; `seen_on` is the day we saw it first."""

    page = models.ForeignKey(Page, verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="+")
    #: Empty for the page itself. For what stands around all pages of a site: which settings, such as those of the menu.
    settings = models.CharField(max_length=100, blank=True, editable=False)
    address = models.CharField(_("adres"), max_length=LONGEST, blank=True)
    label = models.CharField(_("tekst op de link"), max_length=255, blank=True)
    problem = models.CharField(_("probleem"), max_length=20, choices=Problem.choices)
    seen_on = models.DateField(_("gezien op"), default=timezone.localdate)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link die niet werkt")
        verbose_name_plural = _("links die niet werken")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["page", "settings", "address", "label", "problem"], name="knowledgebase_links_once"
            ),
        ]

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.label or self.address or str(_("Link zonder bestemming"))

    @property
    def where(self) -> str:
        """What staff call the place where it stands."""
        return str(apps.get_model(self.settings)._meta.verbose_name) if self.settings else self.page.title

    @property
    def edit_url(self) -> str:
        """Where staff can mend it."""
        if not self.settings:
            return reverse("wagtailadmin_pages:edit", args=[self.page_id])
        site = self.page.sites_rooted_here.first()
        return reverse("wagtailsettings:edit", args=[*self.settings.split("."), *([site.pk] if site else [])])
