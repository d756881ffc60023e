"""News: items with an author and a date, and the page that lists them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.search import index

from ...blocks import TextStreamBlock
from ...models import Contact, PublicPage, TakesReactions
from ...sharing import Data, PageMeta
from ..addresses import MoreAddressesMixin, page_of
from .calls import CallPage

PER_PAGE = 10
MOST_CALLS_OVER = 20


class NewsIndexPage(MoreAddressesMixin, PublicPage):
    """All news, the latest first; on top the calls that are open."""

    template = "knowledgebase/news/news_index.html"
    subpage_types = ["knowledgebase_news.NewsPage", "knowledgebase_news.CallPage"]
    page_description = _("De lijst met nieuws, met bovenaan de oproepen die openstaan.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(_("De berichten die hieronder in de boom staan, komen vanzelf in de lijst.")),
    ]
    schema_type = "CollectionPage"
    is_announced = False
    lasting = ("feed/",)

    class Meta:
        verbose_name = _("Lijst met nieuws")
        verbose_name_plural = _("Lijsten met nieuws")

    def items(self) -> models.QuerySet[NewsPage]:
        """The news that everyone may read, the latest first."""
        return NewsPage.objects.child_of(self).live().public().order_by("-date", "-first_published_at", "title")

    def get_context(self, request: HttpRequest, *args: Any, number: int = 1, **kwargs: Any) -> dict[str, Any]:
        items = page_of(self.items().select_related("author").with_pictures(), number, PER_PAGE)
        return {
            **super().get_context(request, *args, **kwargs),
            "items": items,
            "calls": CallPage.objects.shown_on(request).still_open() if number == 1 else [],
            "calls_over": CallPage.objects.shown_on(request).over()[:MOST_CALLS_OVER] if number == 1 else [],
            "subpath": f"pagina/{number}/" if number > 1 else "",
        }

    @path("pagina/<int:number>/", name="number")
    def further_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """Older news. The first page has one address only."""
        if number == 1:
            return HttpResponseRedirect(self.get_url(request))
        return self.render(request, number=number)

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The latest news for feed readers."""
        from ..feeds import NewsFeed

        return NewsFeed()(request, page=self)


class NewsPage(TakesReactions, PublicPage):
    """One news item."""

    date = models.DateField(_("datum"), default=timezone.localdate, help_text=_("Staat bij het bericht."))
    author = models.ForeignKey(
        Contact,
        verbose_name=_("schrijver"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Kies iemand uit de lijst, of vul hieronder een naam in."),
    )
    author_name = models.CharField(
        _("of een naam"),
        max_length=80,
        blank=True,
        help_text=_("Bijvoorbeeld: de redactie. Noem nooit een deelnemer bij de echte naam."),
    )
    body = StreamField(TextStreamBlock(min_num=1, max_num=60), verbose_name=_("Tekst"))

    ages = False
    template = "knowledgebase/news/news.html"
    parent_page_types = ["knowledgebase_news.NewsIndexPage"]
    subpage_types: list[str] = []
    reader_kind = _("Nieuws")
    page_description = _("Een nieuwsbericht met schrijver, datum en bijlagen.")
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel(name) for name in ("date", "author", "author_name")], heading=_("Wie en wanneer")),
        *PublicPage.about_panels,
        FieldPanel("body"),
        *PublicPage.more_panels,
        *TakesReactions.reaction_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body"), index.FilterField("date")]
    schema_type = "NewsArticle"

    class Meta:
        verbose_name = _("Nieuwsbericht")
        verbose_name_plural = _("Nieuwsberichten")

    @property
    def written_by(self) -> str:
        """Whom the item names as its author."""
        return self.author.name if self.author else self.author_name

    def get_structured_data(self, meta: PageMeta) -> Data:
        """What schema.org wants to know of a news item."""
        return {
            **meta.work(),
            "datePublished": self.date.isoformat(),
            "author": {"@type": "Person" if self.author else "Organization", "name": self.written_by or meta.site_name},
        }
