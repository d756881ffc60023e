"""What every public page with content has: one table, so that search, feeds, reports and newsletter see all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import Page, PageManager, Site
from wagtail.query import PageQuerySet
from wagtail.search import index

from .. import public_cache
from ..blocks import AttachmentStreamBlock, RelatedStreamBlock, VideoBlock
from ..forms import PublicPageForm
from ..mixins import PublicPageMixin
from .vocabulary import AgeBand, Audience, Theme

#: A page that names no date for its next check is checked again after a year.
CHECKED_FOR = dt.timedelta(days=365)
WORDS_A_MINUTE = 180  # calm reading
#: The picture beside a title in a list, and the one on a card.
THUMBNAIL = "fill-320x180|format-webp"
ON_CARD = "fill-640x360|format-webp"


class PublicPageQuerySet(PageQuerySet):
    """Public pages with content."""

    def shown_on(self, request: HttpRequest) -> PublicPageQuerySet:
        """Those that every visitor of the site of this request may read."""
        site = Site.find_for_request(request)
        return self.live().public().descendant_of(site.root_page) if site else self.none()

    def to_check(self, on: dt.date) -> PublicPageQuerySet:
        """Those that somebody with knowledge should have read again by this day."""
        due = models.Q(review_on__lte=on) | models.Q(review_on=None, checked_on__lte=on - CHECKED_FOR)
        return self.live().filter(due)

    def with_pictures(self, size: str = THUMBNAIL) -> PublicPageQuerySet:
        """With their pictures in the size of a list: two questions for all of them."""
        pictures = get_image_model().objects.prefetch_renditions(size)
        return self.prefetch_related(models.Prefetch("picture", pictures))


class PublicPageTag(TaggedItemBase):
    """A word that staff give to a page."""

    content_object = ParentalKey("knowledgebase.PublicPage", on_delete=models.CASCADE, related_name="tagged_items")


class PublicPage(PublicPageMixin, Page):
    """A page for everyone: what it is about, for whom, who checked it when, and where to go from here.

    Page types extend it and compose their panels from the lists below.
    """

    summary = models.TextField(
        _("samenvatting"),
        max_length=400,
        blank=True,
        help_text=_(
            "Twee of drie zinnen. Ze staan bovenaan de pagina, in lijsten, in de nieuwsbrief en in zoekresultaten."
        ),
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), null=True, blank=True, on_delete=models.PROTECT, related_name="pages"
    )
    audience = models.CharField(_("voor wie"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    age_band = models.CharField(
        _("leeftijd"),
        max_length=10,
        choices=AgeBand.choices,
        blank=True,
        help_text=_("Leeg betekent: alle leeftijden."),
    )
    content_note = models.CharField(
        _("let op-tekst"),
        max_length=250,
        blank=True,
        help_text=_(
            "Alleen bij een heftig onderwerp. Bijvoorbeeld: “Dit gaat over geweld thuis.” De lezer ziet dit eerst. "
            "In de browser komt een neutrale titel te staan. Kies dan ook een neutraal adres (bij Eigenschappen)."
        ),
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Bovenaan de pagina, in lijsten en voor wie de pagina deelt. Geen foto's van deelnemers."),
    )
    picture_alt = models.CharField(
        _("beschrijving van de afbeelding"),
        max_length=200,
        blank=True,
        help_text=_("Wat is erop te zien? Voor wie de afbeelding niet ziet. Verplicht bij een afbeelding."),
    )
    contact = models.ForeignKey(
        "knowledgebase.Contact",
        verbose_name=_("contactpersoon"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    related = StreamField(
        RelatedStreamBlock(max_num=6),
        blank=True,
        verbose_name=_("zie ook"),
        help_text=_("Hooguit zes andere pagina's van deze site."),
    )
    attachments = StreamField(
        AttachmentStreamBlock(max_num=8),
        blank=True,
        verbose_name=_("bijlagen"),
        help_text=_("Bestanden om te bewaren of af te drukken. Hooguit acht."),
    )
    checked_on = models.DateField(
        _("gecontroleerd op"),
        null=True,
        blank=True,
        help_text=_("De dag waarop iemand met kennis van zaken deze tekst heeft nagelezen. Lezers zien deze datum."),
    )
    review_on = models.DateField(
        _("opnieuw nakijken op"),
        null=True,
        blank=True,
        help_text=_("Dan komt de pagina op de lijst “Nakijken”. Leeg betekent: een jaar na de controle."),
    )
    tags = ClusterTaggableManager(
        through=PublicPageTag, blank=True, verbose_name=_("trefwoorden"), help_text=_("Woorden waarmee mensen zoeken.")
    )

    #: What schema.org calls it, for search engines.
    schema_type = "WebPage"
    #: What visitors call pages of this type; None for what editors call them, empty for a list or a form.
    reader_kind: Any = None
    #: Whether "Wat is nieuw" mentions it: what has content, not a list of it.
    is_announced = True
    #: Whether what it says can go out of date unseen. Not so for the news of one day: nobody has to check that again.
    ages = True
    is_creatable = False
    base_form_class = PublicPageForm
    objects = PageManager.from_queryset(PublicPageQuerySet)()

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    about_panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("theme", "audience", "age_band", "content_note")],
            heading=_("Waarover en voor wie"),
        )
    ]
    more_panels = [FieldPanel("related"), FieldPanel("attachments"), FieldPanel("contact")]
    check_panels = [
        MultiFieldPanel([FieldPanel("checked_on"), FieldPanel("review_on")], heading=_("Controle"), icon="calendar")
    ]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Afbeelding")),
        FieldPanel("tags"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.RelatedFields("theme", [index.SearchField("name", boost=2), index.FilterField("domain")]),
        index.FilterField("theme"),
        index.FilterField("audience"),
        index.FilterField("age_band"),
    ]

    class Meta:
        verbose_name = _("pagina met inhoud")
        verbose_name_plural = _("pagina's met inhoud")

    @property
    def wants_neutral_title(self) -> bool:
        return bool(self.content_note)

    @cached_property
    def reading_minutes(self) -> int:
        """How many minutes someone needs who reads calmly, at least one."""
        streams = [getattr(self, field.name) for field in self._meta.concrete_fields if isinstance(field, StreamField)]
        words = len(self.summary.split()) + sum(
            len(str(text).split()) for part in streams for text in part.stream_block.get_searchable_content(part)
        )
        return max(1, round(words / WORDS_A_MINUTE))

    def frame_origins(self) -> set[str]:
        films = (
            block.value.film
            for field in self._meta.concrete_fields
            if isinstance(field, StreamField)
            for block in getattr(self, field.name)
            if isinstance(block.block, VideoBlock)
        )
        return {film.origin for film in films if film}

    @property
    def check_due_on(self) -> dt.date | None:
        """The day by which somebody should read this page again; None for a page that is never checked."""
        return self.review_on or (self.checked_on and self.checked_on + CHECKED_FOR)

    @property
    def is_overdue(self) -> bool:
        """Whether the next check should have been done by now."""
        return self.check_due_on is not None and self.check_due_on <= timezone.localdate()

    @cached_property
    def related_pages(self) -> list[Page]:
        """The pages to see also, without those that are no longer there for everyone: one question for all."""
        chosen = [block.value.pk for block in self.related if block.value]
        found = Page.objects.filter(pk__in=chosen).live().public().in_bulk() if chosen else {}
        return [found[pk] for pk in chosen if pk in found]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..doors import doors

        if self.theme_id:
            self.theme = public_cache.remember(f"theme:{self.theme_id}", lambda: self.theme)
        return {
            **super().get_context(request, *args, **kwargs),
            "doors": doors(request, self.theme) if self.theme_id else [],
        }
