"""What an issue of the newsletter is built from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from ..blocks import LimitedStreamBlock

FEATURES = ["bold", "italic", "link", "ol", "ul"]  # what also reads well in plain text
PAGES = "knowledgebase.PublicPage"


class PageItemBlock(blocks.StructBlock):
    """A page of the site: its title, summary and picture come along by themselves."""

    page = blocks.PageChooserBlock(
        label=_("Pagina"),
        page_type=PAGES,
        help_text=_("Titel, samenvatting en afbeelding komen vanzelf mee. Niet openbaar? Dan valt ze weg."),
    )
    lead = blocks.TextBlock(
        label=_("Eigen inleiding"),
        required=False,
        max_length=400,
        rows=2,
        help_text=_("Waarom staat dit in deze nieuwsbrief? Een of twee zinnen, of leeg."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Pagina van de site")


class DateItemBlock(blocks.StructBlock):
    """Something that happens on a day: a page of the agenda, or a few words of one's own."""

    page = blocks.PageChooserBlock(
        label=_("Pagina in de agenda"),
        page_type=PAGES,
        required=False,
        help_text=_("Titel, dag en plaats komen vanzelf mee. Laat de rest dan leeg."),
    )
    title = blocks.CharBlock(label=_("Of zelf: wat is er?"), required=False, max_length=100)
    starts = blocks.DateTimeBlock(label=_("Wanneer?"), required=False)
    place = blocks.CharBlock(label=_("Waar?"), required=False, max_length=120)

    class Meta:
        icon = "date"
        label = _("Datum in de agenda")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        page = cleaned["page"]
        if self.is_deferred_validation:  # a draft may be unfinished
            return cleaned
        if not cleaned["starts"] and start_of(page) is None:
            message = _("Kies een pagina uit de agenda, of vul een dag en een tijd in.")
            raise StructBlockValidationError(block_errors={"starts": ValidationError(message)})
        if not cleaned["title"] and page is None:
            raise StructBlockValidationError(block_errors={"title": ValidationError(_("Schrijf op wat er is."))})
        return cleaned


def start_of(page: Page | None) -> dt.datetime | None:
    """When the happening of this page starts; None for a page that is about none. Any page type may have a `start`."""
    return getattr(page.specific, "start", None) if page else None


class PollItemBlock(blocks.StructBlock):
    """An invitation to hand in an idea. What people answer stays on the site: a mail holds no form."""

    question = blocks.CharBlock(
        label=_("Vraag"), max_length=160, default=_("Voor welk probleem en voor wie zou een online groep fijn zijn?")
    )
    page = blocks.PageChooserBlock(label=_("Pagina om mee te denken"), page_type=PAGES)
    label = blocks.CharBlock(label=_("Tekst op de link"), max_length=60, default=_("Vertel je idee"))

    class Meta:
        icon = "help"
        label = _("Vraag om ideeën")


class TextItemBlock(blocks.StructBlock):
    """A text of one's own."""

    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=100)
    text = blocks.RichTextBlock(
        label=_("Tekst"), features=FEATURES, help_text=_("Korte zinnen, gewone woorden. Schrijf “je”.")
    )

    class Meta:
        icon = "pilcrow"
        label = _("Eigen tekst")


class NewItemBlock(blocks.StructBlock):
    """Everything that is new or was checked again in a period, so that no page has to be looked up."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100, default=_("Nieuw op de site"))
    since = blocks.DateBlock(label=_("Van"))
    until = blocks.DateBlock(label=_("Tot en met"))

    class Meta:
        icon = "list-ul"
        label = _("Wat is nieuw")
        help_text = _("Alle nieuwe en nagekeken pagina's van deze dagen komen vanzelf mee. Heftige onderwerpen niet.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        since, until = cleaned["since"], cleaned["until"]
        if since and until and since > until:  # a draft may have neither yet
            message = _("Deze dag ligt voor de eerste dag. Kies een latere dag.")
            raise StructBlockValidationError(block_errors={"until": ValidationError(message)})
        return cleaned


class IssueStreamBlock(LimitedStreamBlock):
    """The items of an issue, in order."""

    page = PageItemBlock()
    date = DateItemBlock()
    poll = PollItemBlock()
    new = NewItemBlock()
    text = TextItemBlock()
