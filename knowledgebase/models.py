"""Page types for psycho-education: topics, and the page that lists them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .blocks import FurtherStreamBlock, RecogniseStreamBlock, SourceStreamBlock, StepStreamBlock, TextStreamBlock
from .forms import TopicForm
from .mixins import PublicPageMixin


class Domain(models.TextChoices):
    """The three domains of social work that a topic can belong to."""

    PSYCHOLOGICAL = "psychological", _("Psychisch")
    SOCIAL = "social", _("Sociaal")
    SOCIETAL = "societal", _("Maatschappelijk")


class TopicContent(models.Model):
    """What a psycho-education topic says, in the order in which someone under stress can use it."""

    summary = models.TextField(
        _("het korte antwoord"),
        max_length=400,
        help_text=_("Twee of drie zinnen bovenaan. Wie alleen dit leest, weet het belangrijkste."),
    )
    domain = models.CharField(_("domein"), max_length=20, choices=Domain.choices)
    content_note = models.CharField(
        _("let op-tekst"),
        max_length=250,
        blank=True,
        help_text=_(
            "Alleen bij een heftig onderwerp. Bijvoorbeeld: “Dit gaat over geweld thuis.” De lezer ziet dit eerst, "
            "en in de browser komt een neutrale titel te staan. Kies dan ook een neutraal adres (bij Eigenschappen)."
        ),
    )
    what = StreamField(TextStreamBlock(min_num=1, max_num=12), verbose_name=_("Wat is het?"))
    recognise = StreamField(
        RecogniseStreamBlock(min_num=3, max_num=7),
        verbose_name=_("Herken je dit?"),
        help_text=_("Liefst vijf zinnen; minstens drie, hooguit zeven."),
    )
    steps = StreamField(
        StepStreamBlock(min_num=3, max_num=3),
        verbose_name=_("Wat kun je zelf doen?"),
        help_text=_("Drie kleine stappen."),
    )
    seek_help = StreamField(
        TextStreamBlock(min_num=1, max_num=8),
        verbose_name=_("Wanneer hulp zoeken?"),
        help_text=_("Zeg wanneer, en bij wie. De nummers voor hulp nu staan al onderaan elke pagina."),
    )
    further = StreamField(
        FurtherStreamBlock(max_num=5),
        blank=True,
        verbose_name=_("Lees of praat verder"),
        help_text=_("Hooguit vijf links: een ander onderwerp, de lijst met groepen, een andere site."),
    )
    sources = StreamField(SourceStreamBlock(min_num=1, max_num=10), verbose_name=_("Bronnen"))
    checked_on = models.DateField(
        _("gecontroleerd op"),
        default=timezone.localdate,
        help_text=_("De dag waarop iemand met kennis van zaken deze tekst heeft nagelezen."),
    )

    base_form_class = TopicForm
    content_panels = [
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("domain"), FieldPanel("content_note")], heading=_("Soort onderwerp")),
        FieldPanel("what"),
        FieldPanel("recognise"),
        FieldPanel("steps"),
        FieldPanel("seek_help"),
        FieldPanel("further"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("checked_on")], heading=_("Bronnen en controle")),
    ]
    search_fields = [
        index.SearchField("summary", boost=2),
        index.SearchField("what"),
        index.SearchField("recognise"),
        index.SearchField("steps"),
        index.SearchField("seek_help"),
    ]

    class Meta:
        abstract = True

    @property
    def wants_neutral_title(self) -> bool:
        return bool(self.content_note)

    @property
    def reading_minutes(self) -> int:
        """How many minutes someone needs who reads calmly, at least one."""
        parts = (self.what, self.recognise, self.steps, self.seek_help)
        words = len(self.summary.split()) + sum(
            len(str(text).split()) for part in parts for text in part.stream_block.get_searchable_content(part)
        )
        return max(1, round(words / 180))


class TopicIndexContent(models.Model):
    """The page that lists topics, grouped by domain."""

    intro = models.TextField(
        _("inleiding"), max_length=400, blank=True, help_text=_("Eén of twee zinnen boven de lijst met onderwerpen.")
    )

    content_panels = [
        FieldPanel("intro"),
        HelpPanel(_("De onderwerpen die hieronder in de boom staan, komen vanzelf in de lijst.")),
    ]

    class Meta:
        abstract = True


class TopicTag(TaggedItemBase):
    """A word that staff give to a topic."""

    content_object = ParentalKey("knowledgebase.TopicPage", on_delete=models.CASCADE, related_name="tagged_items")


class TopicIndexPage(TopicIndexContent, PublicPageMixin, Page):
    """The shelf: all topics, grouped by domain."""

    template = "knowledgebase/topic_index.html"
    subpage_types = ["knowledgebase.TopicPage"]
    page_description = _("De lijst met onderwerpen om te lezen.")
    content_panels = [*Page.content_panels, *TopicIndexContent.content_panels]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("Lijst met onderwerpen")
        verbose_name_plural = _("Lijsten met onderwerpen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = list(
            TopicPage.objects.child_of(self)
            .live()
            .public()
            .order_by("title")
            .only("title", "slug", "url_path", "path", "depth", "locale", "summary", "domain", "content_note")
        )
        shelves = [(domain.label, [topic for topic in topics if topic.domain == domain]) for domain in Domain]
        return {
            **super().get_context(request, *args, **kwargs),
            "shelves": [shelf for shelf in shelves if shelf[1]],
        }


class TopicPage(TopicContent, PublicPageMixin, Page):
    """One topic of psycho-education."""

    tags = ClusterTaggableManager(
        through=TopicTag, blank=True, verbose_name=_("trefwoorden"), help_text=_("Woorden waarmee mensen zoeken.")
    )

    template = "knowledgebase/topic.html"
    parent_page_types = ["knowledgebase.TopicIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Uitleg over één onderwerp, met herkenning en kleine stappen.")
    content_panels = [*Page.content_panels, *TopicContent.content_panels]
    promote_panels = [*Page.promote_panels, FieldPanel("tags")]
    search_fields = [*Page.search_fields, *TopicContent.search_fields]

    class Meta:
        verbose_name = _("Onderwerp")
        verbose_name_plural = _("Onderwerpen")
