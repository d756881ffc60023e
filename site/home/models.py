"""The home page, the plain pages of the site, and the settings staff use for menu, footer and names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from knowledgebase.blocks import ArticleStreamBlock
from knowledgebase.forms import PlainForm
from knowledgebase.mixins import PublicPageMixin
from knowledgebase.models import PublicPage, TopicPage

from .blocks import DoorStreamBlock, LinkStreamBlock, TrustStreamBlock
from .versions import versions

NEW_ON_HOME = 3
#: Parts of words that tell a bystander what the site is for.
TELLING = ("groep", "hulp", "zorg", "steun", "lotgeno", "therap", "psych", "praat", "veilig", "geweld", "verslav")
SMALLEST_ICON = 512


class HomePage(PublicPageMixin, Page):
    """The front of the site: the entrances, what is new to read, and why one can trust this."""

    intro = models.TextField(
        _("inleiding"), max_length=300, help_text=_("Wat kan iemand hier? Twee of drie rustige zinnen.")
    )
    doors = StreamField(
        DoorStreamBlock(min_num=3, max_num=3),
        verbose_name=_("De drie ingangen"),
        help_text=_("Lees, Praat mee en Vind hulp. Drie, zodat niemand lang hoeft te kiezen."),
    )
    trust = StreamField(
        TrustStreamBlock(max_num=1),
        blank=True,
        verbose_name=_("Waarom je dit kunt vertrouwen"),
        help_text=_("Vertel eerlijk wie kan meelezen."),
    )

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    page_description = _("De voorkant van de site, met de drie ingangen.")
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("doors"), FieldPanel("trust")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("Startpagina")
        verbose_name_plural = _("Startpagina's")
        permissions = [("take_page_offline", _("een pagina van de site halen"))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = TopicPage.objects.descendant_of(self).live().public().filter(content_note="").select_related("theme")
        return {
            **super().get_context(request, *args, **kwargs),
            "new_topics": topics.with_pictures().order_by("-first_published_at", "title")[:NEW_ON_HOME],
        }


class ContentPage(PublicPage):
    """A plain page: about us, house rules, privacy, accessibility."""

    body = StreamField(ArticleStreamBlock(min_num=1, max_num=80), verbose_name=_("Tekst"))
    shows_versions = models.BooleanField(
        _("laat eerdere versies zien"),
        default=False,
        help_text=_("Voor afspraken, zoals de huisregels: bezoekers kunnen nalezen wat er eerder gold."),
    )

    template = "home/content_page.html"
    page_description = _("Een gewone pagina met tekst en afbeeldingen.")
    base_form_class = PlainForm
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("body"),
        *PublicPage.about_panels,
        *PublicPage.more_panels,
        *PublicPage.check_panels,
        FieldPanel("shows_versions"),
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Gewone pagina")
        verbose_name_plural = _("Gewone pagina's")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if not self.shows_versions:
            return context
        published = versions(self)
        asked = request.GET.get("versie", "")
        chosen = next((version for version in published if str(version.number) == asked), None)
        if asked and chosen is None:
            raise Http404
        return {
            **context,
            "versions": published,
            "version": chosen or (published[-1] if published else None),
            "old": chosen.text() if chosen and chosen is not published[-1] else None,
        }


@register_setting(icon="site", order=10)
class SiteIdentity(BaseSiteSetting):
    """What the site is called, and what it is called where nobody may know what it is about."""

    name = models.CharField(_("naam van de site"), max_length=40, default="Kring")
    neutral_name = models.CharField(
        _("neutrale naam"),
        max_length=40,
        default="Informatie",
        help_text=_("Staat in de browser bij heftige onderwerpen. Mag niets verraden: geen naam van een organisatie."),
    )

    app_name = models.CharField(
        _("naam op een telefoon"),
        max_length=12,
        default="Informatie",
        help_text=_("Staat onder het icoon. Hooguit 12 tekens. Kies een woord dat op elke telefoon kan staan."),
    )
    app_picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("icoon op een telefoon"),
        help_text=_(
            "Een vierkante afbeelding van minstens 512 bij 512 beeldpunten, zonder logo of naam. Leeg: ons eigen icoon."
        ),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("neutral_name"),
        MultiFieldPanel(
            [
                HelpPanel(template="home/admin/on_phone.html"),
                FieldPanel("app_name"),
                FieldPanel("app_picture"),
            ],
            heading=_("De site als app op een telefoon"),
        ),
    ]

    class Meta:
        verbose_name = _("Naam van de site")

    def clean(self) -> None:
        """Refuse what would tell a bystander what the site is for, or would be unreadable on a home screen."""
        super().clean()
        telling = next((word for word in (self.name.lower(), *TELLING) if word in self.app_name.lower()), "")
        if telling:
            refusal = _("“%(word)s” verraadt waar de site over gaat. Kies een gewoon woord, zoals Informatie.")
            raise ValidationError({"app_name": refusal % {"word": telling}})
        picture = self.app_picture
        if picture and min(picture.width, picture.height) < SMALLEST_ICON:
            raise ValidationError(
                {"app_picture": _("Deze afbeelding is te klein. Kies er een van minstens 512 bij 512 beeldpunten.")}
            )


@register_setting(icon="list-ul", order=20)
class SiteNavigation(BaseSiteSetting):
    """The links in the main menu and in the footer."""

    menu = StreamField(
        LinkStreamBlock(max_num=5),
        blank=True,
        verbose_name=_("Hoofdmenu"),
        help_text=_("Hooguit vijf links. Een pagina die niet openbaar is, komt niet in het menu."),
    )
    footer = StreamField(
        LinkStreamBlock(max_num=20),
        blank=True,
        verbose_name=_("Onderaan elke pagina"),
        help_text=_("Hooguit twintig links, bijvoorbeeld naar de huisregels en privacy."),
    )

    buttons = StreamField(
        LinkStreamBlock(max_num=2),
        blank=True,
        verbose_name=_("Vaste knoppen"),
        help_text=_("Twee knoppen onderaan elke pagina en in het menu op een telefoon: “Word lid” en “Contact”."),
    )

    panels = [FieldPanel("menu"), FieldPanel("buttons"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("Menu en voettekst")


from .workflow import OtherEditorTask  # noqa: E402, F401  (Django finds models through this module)
