"""The glossary: words of the field, what they mean, what else people call them, and the page that lists them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.search import index

from ..models import PublicPage
from .forms import GlossaryTermForm


class GlossaryTermQuerySet(models.QuerySet):
    """Terms of the glossary."""

    def explained(self) -> GlossaryTermQuerySet:
        """Those that readers see. The others only help to search and to write."""
        return self.exclude(meaning="")


class GlossaryTerm(index.Indexed, models.Model):
    """A word of the field. One list for three uses: readers look it up, search knows its synonyms, and editors are
    offered its plain alternative."""

    term = models.CharField(_("woord"), max_length=80, unique=True, help_text=_("Zoals het in teksten staat."))
    slug = models.SlugField(
        _("kort adres"), max_length=80, unique=True, help_text=_("Kleine letters, zonder spaties. Staat in adressen.")
    )
    meaning = models.TextField(
        _("wat betekent het?"),
        max_length=600,
        blank=True,
        help_text=_("In gewone woorden, in een paar zinnen. Laat je dit leeg? Dan staat het woord niet op de site."),
    )
    synonyms = models.TextField(
        _("andere woorden"),
        max_length=600,
        blank=True,
        help_text=_("Eén per regel. Wie op een van deze woorden zoekt, vindt ook pagina's met de andere woorden."),
    )
    plain_alternative = models.CharField(
        _("schrijf liever"),
        max_length=120,
        blank=True,
        help_text=_("Alleen bij een moeilijk woord. De schrijfhulp stelt dit voor aan wie het woord gebruikt."),
    )
    in_campaign = models.BooleanField(
        _("hoort bij een campagne"),
        default=False,
        help_text=_("Het woord staat dan ook bovenaan de woordenlijst. Zo vinden mensen het die de campagne zagen."),
    )

    objects = GlossaryTermQuerySet.as_manager()
    base_form_class = GlossaryTermForm
    panels = [
        MultiFieldPanel([FieldPanel("term"), FieldPanel("slug")], heading=_("Woord")),
        FieldPanel("meaning"),
        FieldPanel("synonyms"),
        FieldPanel("plain_alternative"),
        FieldPanel("in_campaign"),
    ]
    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.SearchField("synonyms"),
        index.SearchField("meaning"),
    ]

    class Meta:
        verbose_name = _("woord")
        verbose_name_plural = _("woordenlijst")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def synonym_list(self) -> list[str]:
        """The other words, one by one."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]

    @property
    def letter(self) -> str:
        """Under which letter it stands; "#" for what does not begin with a letter of the alphabet."""
        first = unicodedata.normalize("NFD", self.term)[:1].upper()
        return first if "A" <= first <= "Z" else "#"


class GlossaryPage(PublicPage):
    """All terms with a meaning, from A to Z."""

    template = "knowledgebase/plainlanguage/glossary_page.html"
    reader_kind = ""
    page_description = _("De woordenlijst: alle woorden met hun uitleg, van A tot Z.")
    subpage_types: list[str] = []
    max_count = 1
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(_("De woorden staan bij Lijsten. Ze komen vanzelf op deze pagina zodra er uitleg bij staat.")),
        *PublicPage.more_panels,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("all_words")]

    class Meta:
        verbose_name = _("Woordenlijst")
        verbose_name_plural = _("Woordenlijsten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        letters: dict[str, list[GlossaryTerm]] = {}
        terms = sorted(GlossaryTerm.objects.explained(), key=lambda term: (term.letter, term.term.casefold()))
        for term in terms:
            letters.setdefault(term.letter, []).append(term)
        return {
            **super().get_context(request, *args, **kwargs),
            "letters": letters,
            "campaign_terms": [term for term in terms if term.in_campaign],
        }

    def all_words(self) -> str:
        """What the search finds this page by besides its own text: every term that it explains."""
        return "\n".join(f"{term.term}\n{term.synonyms}" for term in GlossaryTerm.objects.explained())
