"""The agenda: events, which people can put in their own calendar."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from ...blocks import TextStreamBlock
from ...models import PublicPage
from ...models.public_page import PublicPageQuerySet
from ...sharing import Data, PageMeta
from .. import calendars
from ..addresses import MoreAddressesMixin, as_file
from .calls import SignUpStreamBlock

MOST_PAST = 20


class EventQuerySet(PublicPageQuerySet):
    """Events."""

    def coming(self) -> EventQuerySet:
        """Those that are not over yet, the first one first."""
        return self.filter(end__gte=timezone.now()).order_by("start", "title")

    def past(self) -> EventQuerySet:
        """Those that are over, the last one first."""
        return self.filter(end__lt=timezone.now()).order_by("-start", "title")


class AgendaPage(MoreAddressesMixin, PublicPage):
    """All that is coming, in order; what is over is folded away."""

    template = "knowledgebase/news/agenda.html"
    subpage_types = ["knowledgebase_news.EventPage"]
    page_description = _("De lijst met activiteiten, met een agenda waarop mensen zich kunnen abonneren.")
    content_panels = [
        *PublicPage.content_panels,
        HelpPanel(_("De activiteiten die hieronder in de boom staan, komen vanzelf in de lijst, op datum.")),
    ]
    schema_type = "CollectionPage"
    is_announced = False
    lasting = ("kalender/",)

    class Meta:
        verbose_name = _("Agenda")
        verbose_name_plural = _("Agenda's")

    def events(self) -> EventQuerySet:
        """The events that everyone may read about."""
        return EventPage.objects.child_of(self).live().public()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        events, where = self.events(), self.get_full_address(request, "kalender/")
        return {
            **super().get_context(request, *args, **kwargs),
            "coming": events.coming(),
            "past": events.past()[:MOST_PAST],
            "calendar_address": where,
            # By its name a computer knows that it is for the calendar program.
            "webcal_address": where.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
        }

    @path("kalender/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The agenda for a calendar program that asks again now and then."""
        return as_file(calendars.agenda(self, request), calendars.CONTENT_TYPE)


class EventPage(MoreAddressesMixin, PublicPage):
    """Something that happens at one moment: a congress, a workshop, a first meeting online."""

    start = models.DateTimeField(_("begin"))
    end = models.DateTimeField(_("einde"))
    place = models.CharField(
        _("plaats"), max_length=200, blank=True, help_text=_("Naam en adres, zoals je het op een kaart opzoekt.")
    )
    online_url = models.URLField(
        _("online adres"),
        max_length=500,
        blank=True,
        help_text=_("Iedereen kan dit adres zien. Is het alleen voor wie zich aanmeldt? Stuur het dan later per mail."),
    )
    is_online = models.BooleanField(
        _("je kunt online meedoen"), default=False, help_text=_("Ook als het adres pas na de aanmelding komt.")
    )
    organiser = models.CharField(_("wie organiseert het?"), max_length=120, blank=True)
    sign_up_text = models.CharField(
        _("aanmelden en kosten"),
        max_length=300,
        blank=True,
        help_text=_("Bijvoorbeeld: Meedoen is gratis. Meld je aan vóór 1 juli."),
    )
    sign_up = StreamField(
        SignUpStreamBlock(max_num=1),
        blank=True,
        verbose_name=_("knop om aan te melden"),
        help_text=_("Hij verdwijnt als de activiteit vol, afgelast of voorbij is."),
    )
    is_full = models.BooleanField(_("er is geen plek meer"), default=False)
    is_cancelled = models.BooleanField(
        _("het gaat niet door"),
        default=False,
        help_text=_("Laat de pagina dan staan: ook agenda's krijgen dit bericht."),
    )
    cancel_note = models.CharField(
        _("waarom niet?"), max_length=200, blank=True, help_text=_("Bijvoorbeeld: De zaal is dicht. We zoeken een dag.")
    )
    body = StreamField(TextStreamBlock(max_num=40), blank=True, verbose_name=_("Tekst"))

    ages = False
    template = "knowledgebase/news/event.html"
    parent_page_types = ["knowledgebase_news.AgendaPage"]
    subpage_types: list[str] = []
    reader_kind = _("Agenda")
    page_description = _("Een activiteit met dag, tijd en plaats, die mensen in hun agenda kunnen zetten.")
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("start", "end", "place", "is_online", "online_url", "organiser")],
            heading=_("Wanneer en waar"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("sign_up_text", "sign_up", "is_full")], heading=_("Aanmelden")),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancel_note")], heading=_("Gaat het niet door?")),
        FieldPanel("body"),
        *PublicPage.about_panels,
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("place"),
        index.SearchField("organiser"),
        index.SearchField("body"),
        index.FilterField("start"),
    ]
    lasting = ("kalender/",)
    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("Activiteit")
        verbose_name_plural = _("Activiteiten")

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("Het einde komt na het begin. Kies een latere tijd.")})

    @property
    def is_over(self) -> bool:
        """Whether it lies in the past."""
        return self.end < timezone.now()

    @property
    def lasts_one_day(self) -> bool:
        """Whether it begins and ends on the same day here."""
        return timezone.localdate(self.start) == timezone.localdate(self.end)

    @property
    def meets_online(self) -> bool:
        """Whether one can take part from home."""
        return self.is_online or bool(self.online_url)

    @property
    def takes_sign_ups(self) -> bool:
        """Whether one can still sign up."""
        return not (self.is_full or self.is_cancelled or self.is_over)

    @path("kalender/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """This event as a file for a calendar program."""
        return as_file(calendars.event(self, request), calendars.CONTENT_TYPE, f"{self.slug}.ics")

    def get_structured_data(self, meta: PageMeta) -> Data:
        """What schema.org wants to know of an event."""
        online = {"@type": "VirtualLocation", "url": self.online_url or meta.address} if self.meets_online else None
        place = {"@type": "Place", "name": self.place, "address": self.place} if self.place else None
        mode = "Mixed" if online and place else "Online" if online else "Offline"
        return {
            **meta.thing("Event"),
            "startDate": timezone.localtime(self.start),
            "endDate": timezone.localtime(self.end),
            "eventStatus": f"https://schema.org/Event{'Cancelled' if self.is_cancelled else 'Scheduled'}",
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "location": [part for part in (place, online) if part],
            "organizer": {"@type": "Organization", "name": self.organiser or meta.site_name},
        }
