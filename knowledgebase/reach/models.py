"""The counts, and the public page that shows them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from knowledgebase.blocks import TextStreamBlock
from knowledgebase.models import PublicPage, Theme

from .querysets import DayCountQuerySet


class DayCount(models.Model):
    """How often one page was opened on one day. After some years one row stands for a month, on its first day.

    A row outlives its page and its theme: what was read was read. So a page may have several rows without a theme
    for one day; whoever reads adds them up.
    """

    page = models.ForeignKey(
        Page, verbose_name=_("pagina"), null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    theme = models.ForeignKey(Theme, verbose_name=_("thema"), null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(_("dag"))
    views = models.PositiveIntegerField(_("keer geopend"), default=0)

    objects = DayCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellingen")
        constraints = [
            models.UniqueConstraint(fields=["page", "theme", "day"], name="knowledgebase_reach_one_a_day"),
        ]
        indexes = [models.Index(fields=["day", "page"], name="knowledgebase_reach_day")]
        default_permissions = ("view",)


class ReachPage(PublicPage):
    """What we reach, in figures that everyone may see."""

    body = StreamField(
        TextStreamBlock(max_num=20),
        blank=True,
        verbose_name=_("Tekst"),
        help_text=_("Vertel bij de cijfers wat ze betekenen, en wat ze niet zeggen."),
    )

    template = "knowledgebase/reach/reach_page.html"
    subpage_types: list[str] = []
    reader_kind = ""
    page_description = _("Openbare cijfers over hoeveel er gelezen wordt.")
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("body"),
        HelpPanel(_("De cijfers komen vanzelf op de pagina. Getallen onder de 10 laten we niet zien.")),
        FieldPanel("related"),
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Wat bereiken we")
        verbose_name_plural = _("Wat bereiken we")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .figures import public_figures

        return {**super().get_context(request, *args, **kwargs), "figures": public_figures()}
