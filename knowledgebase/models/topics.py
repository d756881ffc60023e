"""Page types for psycho-education: topics, and the page that lists them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import FurtherStreamBlock, RecogniseStreamBlock, SourceStreamBlock, StepStreamBlock, TextStreamBlock
from ..forms import TopicForm
from .public_page import PublicPage
from .vocabulary import Domain


class TopicIndexPage(PublicPage):
    """The shelf: all topics, grouped by domain."""

    template = "knowledgebase/topic_index.html"
    schema_type = "CollectionPage"
    is_announced = False
    subpage_types = ["knowledgebase.TopicPage"]
    page_description = _("De lijst met onderwerpen om te lezen.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(_("De onderwerpen die hieronder in de boom staan, komen vanzelf in de lijst.")),
    ]

    class Meta:
        verbose_name = _("Lijst met onderwerpen")
        verbose_name_plural = _("Lijsten met onderwerpen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = list(
            TopicPage.objects.child_of(self)
            .live()
            .public()
            .select_related("theme")
            .with_pictures()
            .order_by("title")
            .only("title", "slug", "url_path", "path", "depth", "locale", "summary", "theme", "content_note", "picture")
        )
        shelves = [
            (domain.label, [topic for topic in topics if topic.theme and topic.theme.domain == domain])
            for domain in Domain
        ]
        shelves.append((_("Andere onderwerpen"), [topic for topic in topics if not topic.theme]))
        return {
            **super().get_context(request, *args, **kwargs),
            "shelves": [shelf for shelf in shelves if shelf[1]],
        }


class TopicPage(PublicPage):
    """One topic of psycho-education, in the order in which someone under stress can use it."""

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
        help_text=_("Hooguit vijf links. De groepen en het forum bij het thema komen er vanzelf bij."),
    )
    sources = StreamField(SourceStreamBlock(min_num=1, max_num=10), verbose_name=_("Bronnen"))

    template = "knowledgebase/topic.html"
    schema_type = "Article"
    parent_page_types = ["knowledgebase.TopicIndexPage"]
    subpage_types: list[str] = []
    reader_kind = _("Uitleg")
    page_description = _("Uitleg over één onderwerp, met herkenning en kleine stappen.")
    base_form_class = TopicForm
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        *(FieldPanel(name) for name in ("what", "recognise", "steps", "seek_help", "further", "sources")),
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("what", "recognise", "steps", "seek_help")),
    ]

    class Meta:
        verbose_name = _("Onderwerp")
        verbose_name_plural = _("Onderwerpen")
