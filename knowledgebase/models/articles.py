"""The knowledge base: articles, on shelves that staff arrange as they like."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import ArticleStreamBlock, SourceStreamBlock
from ..forms import CheckedForm
from .public_page import PublicPage
from .reactions import TakesReactions

#: How many pages of a shelf below are shown before "all of them".
ON_A_SHELF = 6


class KnowledgeIndexPage(PublicPage):
    """A shelf, which may hold other shelves: before, during and after a group, methods, themes that suit."""

    template = "knowledgebase/knowledge_index.html"
    schema_type = "CollectionPage"
    is_announced = False
    page_description = _("Een plank in de kennisbank, met artikelen, methodes of andere planken eronder.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(_("De pagina's hieronder in de boom komen vanzelf in de lijst, in de volgorde van de boom.")),
    ]

    class Meta:
        verbose_name = _("Plank in de kennisbank")
        verbose_name_plural = _("Planken in de kennisbank")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = list(PublicPage.objects.child_of(self).live().public().with_pictures().order_by("path"))
        below = PublicPage.objects.descendant_of(self).live().public().filter(depth=self.depth + 2)
        pages: dict[str, list[PublicPage]] = {child.path: [] for child in children}
        for page in below.with_pictures().order_by("path"):
            pages.setdefault(page.path[: -page.steplen], []).append(page)
        shelves = [(child, pages[child.path]) for child in children if child.numchild]
        return {
            **super().get_context(request, *args, **kwargs),
            "shelves": [(child, found[:ON_A_SHELF], len(found)) for child, found in shelves if found],
            "pages": [child for child in children if not pages[child.path]],
        }


class ArticlePage(TakesReactions, PublicPage):
    """An article for professionals, organisations or anyone who wants to know more."""

    body = StreamField(ArticleStreamBlock(min_num=1, max_num=80), verbose_name=_("Tekst"))
    literature = StreamField(SourceStreamBlock(max_num=40), blank=True, verbose_name=_("Literatuur"))

    template = "knowledgebase/article.html"
    schema_type = "Article"
    reader_kind = _("Artikel")
    page_description = _("Een artikel met tussenkoppen, checklists, literatuur en bijlagen.")
    base_form_class = CheckedForm
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        FieldPanel("body"),
        FieldPanel("literature"),
        *PublicPage.more_panels,
        *TakesReactions.reaction_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body"), index.SearchField("literature")]

    class Meta:
        verbose_name = _("Artikel")
        verbose_name_plural = _("Artikelen")
