"""The page types: a theme of digital social techniques, and the page that lists the themes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ... import complete
from ...blocks import TEXT_FEATURES
from ...forms import CheckedForm
from ...models import PublicPage
from ...models.public_page import ON_CARD
from .. import guide, sections
from ..blocks import ExampleStreamBlock, FactorStreamBlock, StepPlanStreamBlock, TrackStreamBlock
from ..panels import RemarksPanel


def common_process() -> list[tuple[str, dict[str, str]]]:
    """The steps that introducing any technique has; a new theme starts with them and makes them its own."""
    steps = (
        ("Noem het doel en de doelgroep", "Schrijf in één zin op wat er beter moet worden, en voor wie.", ""),
        ("Vraag het vijf deelnemers", "Vraag vijf mensen uit de doelgroep wat zij nodig hebben.", ""),
        ("Kies een techniek", "Leg de voorbeelden naast elkaar. Kies wat past bij doel en doelgroep.", "Wat past?"),
        (
            "Vraag een besluit",
            "Leg het plan voor aan de leiding. Zeg wat het kost en wat het oplevert.",
            "Wel of niet?",
        ),
        ("Doe een kleine proef", "Probeer het zes tot acht weken met een kleine groep.", ""),
        ("Meet wat het doet", "Vraag deelnemers en begeleiders wat er veranderde.", ""),
        ("Besluit opnieuw", "Bespreek de uitkomst met deelnemers en leiding.", "Stoppen, aanpassen of houden?"),
        ("Leg het vast", "Regel een werkwijze, scholing, geld en iemand die ervoor zorgt.", ""),
    )
    return [("step", {"title": title, "text": text, "choice": choice}) for title, text, choice in steps]


class SocialWorkGoal(index.Indexed, models.Model):
    """A goal that social work already has. A technique serves one or more of them (004-12)."""

    name = models.CharField(_("doel"), max_length=100, unique=True, help_text=_("Bijvoorbeeld: Mensen doen mee."))
    slug = models.SlugField(_("kort adres"), max_length=60, unique=True)
    text = models.CharField(_("uitleg"), max_length=250, blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("text")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("doel van sociaal werk")
        verbose_name_plural = _("doelen van sociaal werk")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TechniqueIndexPage(PublicPage):
    """All themes, and the handreiking: all of them together, to print or to keep."""

    template = "knowledgebase/techniques/technique_index.html"
    subpage_types = ["knowledgebase_techniques.TechniquePage"]
    page_description = _("De lijst met thema's van digitale sociale technieken, en de handreiking daarvan.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(
            _("De thema's hieronder in de boom komen vanzelf in de lijst en in de handreiking, in de volgorde daarvan.")
        ),
    ]

    class Meta:
        verbose_name = _("Digitale sociale technieken")
        verbose_name_plural = _("Digitale sociale technieken")

    @cached_property
    def themes(self) -> list[TechniquePage]:
        """The themes that everyone may read, in the order of the tree."""
        themes = TechniquePage.objects.child_of(self).live().public().order_by("path")
        return list(themes.prefetch_related("goals").with_pictures(ON_CARD))

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The handreiking has an address below this page: a page to print, and a PDF."""
        if self.live and path_components in guide.ROUTES:
            return RouteResult(self, kwargs={"part": path_components[-1]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """The list, or the handreiking. Raises Http404 for a handreiking without themes."""
        if not part:
            return super().serve(request, *args, **kwargs)
        if not self.themes:
            raise Http404
        if part == guide.PDF:
            return guide.pdf(self, request)
        return guide.private_if_personal(super().serve(request, *args, part=part, **kwargs), request)

    def get_template(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> str:
        return guide.TEMPLATE if part else super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context(request, *args, **kwargs), "themes": self.themes}
        return {**context, **guide.context(self, request)} if part else context


class TechniquePage(PublicPage):
    """One theme: what you do, how you introduce it, what decides about success, and examples with their evidence."""

    purpose = RichTextField(
        _("doel"), features=TEXT_FEATURES, help_text=_("Wat bereik je ermee? Twee of drie korte alinea's.")
    )
    for_whom = RichTextField(
        _("voor wie"), features=TEXT_FEATURES, help_text=_("Voor welke mensen past dit, en voor wie niet?")
    )
    content_track = StreamField(
        TrackStreamBlock(min_num=3, max_num=12),
        verbose_name=_("inhoud: wat doe je?"),
        help_text=_("Drie tot twaalf stappen, op volgorde."),
    )
    process_track = StreamField(
        TrackStreamBlock(min_num=3, max_num=12),
        default=common_process,
        verbose_name=_("proces: hoe voer je het in?"),
        help_text=_("Drie tot twaalf stappen. De acht gewone stappen staan er al: maak ze passend."),
    )
    success_factors = StreamField(
        FactorStreamBlock(min_num=2, max_num=10),
        verbose_name=_("wat maakt het verschil?"),
        help_text=_("Wat is doorslaggevend voor succes? Twee tot tien zinnen."),
    )
    embedding = RichTextField(
        _("zo blijft het werken"),
        features=TEXT_FEATURES,
        help_text=_("Hoe borg je het? Denk aan werkwijze, scholing, geld en wie ervoor zorgt."),
    )
    goals = ParentalManyToManyField(
        SocialWorkGoal,
        verbose_name=_("doelen van sociaal werk"),
        related_name="techniques",
        help_text=_("Welke doelen van sociaal werk haal je hiermee, of haal je er beter mee?"),
    )
    examples = StreamField(
        ExampleStreamBlock(),
        verbose_name=_("voorbeelden"),
        help_text=_("Vijf tot tien voorbeelden uit de praktijk. In een concept mogen het er minder of meer zijn."),
    )
    step_plans = StreamField(
        StepPlanStreamBlock(max_num=3), blank=True, verbose_name=_("stappenplannen"), help_text=_("Hooguit drie.")
    )
    written_with = models.CharField(
        _("meegeschreven door"),
        max_length=250,
        blank=True,
        help_text=_("De organisaties die meeschreven. Vraag hun eerst of je hun naam mag noemen."),
    )

    template = "knowledgebase/techniques/technique.html"
    parent_page_types = ["knowledgebase_techniques.TechniqueIndexPage"]
    subpage_types: list[str] = []
    reader_kind = _("Digitale techniek")
    page_description = _("Een thema van digitale sociale technieken, met vijf tot tien voorbeelden.")
    base_form_class = CheckedForm
    content_panels = [
        *PublicPage.content_panels,
        RemarksPanel("summary"),
        *PublicPage.about_panels,
        FieldPanel("purpose"),
        RemarksPanel("purpose"),
        FieldPanel("for_whom"),
        RemarksPanel("for_whom"),
        FieldPanel("content_track"),
        RemarksPanel("content_track"),
        FieldPanel("process_track"),
        RemarksPanel("process_track"),
        FieldPanel("success_factors"),
        RemarksPanel("success_factors"),
        FieldPanel("embedding"),
        RemarksPanel("embedding"),
        FieldPanel("goals", widget=forms.CheckboxSelectMultiple, required_on_save=False),
        RemarksPanel("goals"),
        FieldPanel("examples"),
        RemarksPanel("examples"),
        FieldPanel("step_plans"),
        RemarksPanel("presentation"),
        FieldPanel("written_with"),
        MultiFieldPanel(PublicPage.more_panels, heading=_("Erbij"), classname="collapsed"),
        *PublicPage.check_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        *map(
            index.SearchField,
            ("purpose", "for_whom", "content_track", "process_track", "success_factors", "embedding", "examples"),
        ),
        index.RelatedFields("goals", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("Thema van technieken")
        verbose_name_plural = _("Thema's van technieken")

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """Save. Raises ValidationError for a page that goes online unfinished: Wagtail counts no blocks then."""
        if clean and self.live:
            complete.check(self)
        super().save(clean=clean, **kwargs)

    def section_value(self, name: str) -> Any:
        """What this theme says in one section, ready for its template; nothing when it says nothing."""
        value = getattr(self, name)
        if name == "goals":
            return list(value.all())
        if name == "step_plans":
            return self.public_step_plans
        return value

    @cached_property
    def sections(self) -> list[sections.Filled]:
        """The sections that say something, in reading order."""
        return sections.filled(self)

    @cached_property
    def public_step_plans(self) -> list[Page]:
        """The step plans that everyone may open: one question for all."""
        chosen = [block.value.pk for block in self.step_plans if block.value]
        found = Page.objects.filter(pk__in=chosen).live().public().in_bulk() if chosen else {}
        return [found[pk] for pk in chosen if pk in found]

    @property
    def anchor_prefix(self) -> str:
        """What stands before the anchors of this theme where several themes share a page."""
        return f"{self.slug}-"

    @property
    def outcome_counts(self) -> list[tuple[str, int]]:
        """(label, number) of the examples that turned out to be promising, not promising or not yet known."""
        counts: dict[str, int] = {}
        for block in self.examples:
            label = str(block.value.outcome_label)
            counts[label] = counts.get(label, 0) + 1
        return list(counts.items())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        index_page = self.get_parent()
        return {
            **super().get_context(request, *args, **kwargs),
            "guide_url": f"{index_page.get_url(request)}{guide.PAGE}/" if index_page else "",
        }
