"""The page on which visitors find groups. Staff place it in the tree; the policy decides which groups it shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page, Site
from wagtail.search import index

from groupspace.models import Space
from groupspace.views.forums import open_forums

PER_PAGE = 12
LONGEST_THEME = Space._meta.get_field("theme").max_length or 0


class GroupIndexPage(Page):
    """The public list of groups. It stores nothing about groups: it asks for them each time it is read."""

    intro = models.TextField(
        _("inleiding"), max_length=400, blank=True, help_text=_("Eén of twee zinnen boven de lijst met groepen.")
    )

    template = "groupspace/listing/group_index.html"
    subpage_types: list[str] = []
    page_description = _("De lijst met groepen waar mensen aan mee kunnen doen.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        HelpPanel(
            _("De groepen zelf komen vanzelf in de lijst, als de begeleider heeft gekozen dat iedereen ze mag zien.")
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("Lijst met groepen")
        verbose_name_plural = _("Lijsten met groepen")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render in the language of the page; never kept, because it differs for whoever is a member."""
        with translation.override(self.locale.language_code):
            response = super().serve(request, *args, **kwargs).render()
        patch_cache_control(response, private=True, no_store=True)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        spaces = listed_spaces(request.actor)  # type: ignore[attr-defined]  # ActorMiddleware puts it there
        theme = chosen_theme(request)
        fitting = spaces.filter(theme__iexact=theme) if theme else spaces
        # Nobody is sent away: where there is no group about the theme, the other groups stand there.
        none_fits = bool(theme) and not fitting.exists()
        spaces = spaces if none_fits else fitting
        return {
            **super().get_context(request, *args, **kwargs),
            "theme": theme,
            "none_fits": none_fits,
            "query": f"{urlencode({'thema': theme})}&" if theme else "",
            "spaces": Paginator(spaces, PER_PAGE).get_page(request.GET.get("page")),
            "has_forums": open_forums(request.actor).exists(),  # type: ignore[attr-defined]  # as above
            "breadcrumbs": self.get_breadcrumbs(request),
        }

    def get_breadcrumbs(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(label, address) from the home page to this page; the page itself has no address."""
        site = Site.find_for_request(request)
        if site is None:
            return []
        root_path = site.root_page.path
        above = self.get_ancestors().filter(path__startswith=root_path)
        crumbs = [(gettext("Start") if page.path == root_path else page.title, page.get_url(request)) for page in above]
        return [*crumbs, (self.title, "")]


def chosen_theme(request: HttpRequest) -> str:
    """The theme about which someone came to look for a group; nothing when the address names none."""
    typed = request.GET.get("thema", "")[:LONGEST_THEME]
    return "".join(letter for letter in typed if letter.isprintable()).strip()


def listed_spaces(actor: Any) -> models.QuerySet[Space]:
    """Spaces of which this actor may know that they exist, with what a stranger may read about them."""
    return (
        Space.objects.listed_to(actor)
        .select_related("organisation")
        .prefetch_related("regions")
        .with_member_count()
        .annotate(places=models.F("capacity") - models.F("member_count"))
        .order_by("name", "pk")
    )
