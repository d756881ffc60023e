"""The page that tells what is new on the site, and what was checked and changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.contrib.routable_page.models import path

from ...models import PublicPage
from ..addresses import MoreAddressesMixin
from ..latest import latest

MOST = 40


class WhatsNewPage(MoreAddressesMixin, PublicPage):
    """The latest pages of all kinds."""

    template = "knowledgebase/news/whats_new.html"
    subpage_types: list[str] = []
    reader_kind = ""
    page_description = _("De nieuwste pagina's van de hele site, met een feed.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(
            _(
                "Nieuwe pagina's komen vanzelf in de lijst. Een oude pagina komt er weer in als je bij “gecontroleerd "
                "op” een nieuwe dag invult. Een kleine verbetering zet een pagina dus niet bovenaan."
            )
        ),
    ]
    schema_type = "CollectionPage"
    is_announced = False
    lasting = ("feed/",)

    class Meta:
        verbose_name = _("Wat is nieuw")
        verbose_name_plural = _("Wat is nieuw")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "news": latest(request, MOST)}

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """What is new, for feed readers."""
        from ..feeds import WhatsNewFeed

        return WhatsNewFeed()(request, page=self)
