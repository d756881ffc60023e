"""What an issue of the newsletter is built from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

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
    """Something that happens on a day."""

    title = blocks.CharBlock(label=_("Wat is er?"), max_length=100)
    starts = blocks.DateTimeBlock(label=_("Wanneer?"))
    place = blocks.CharBlock(label=_("Waar?"), required=False, max_length=120)
    page = blocks.PageChooserBlock(label=_("Pagina met meer uitleg"), page_type=PAGES, required=False)

    class Meta:
        icon = "date"
        label = _("Datum in de agenda")


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
    """Everything that came onto the site in a period, so that no new page has to be looked up."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100, default=_("Nieuw op de site"))
    since = blocks.DateBlock(label=_("Van"))
    until = blocks.DateBlock(label=_("Tot en met"))

    class Meta:
        icon = "list-ul"
        label = _("Wat is nieuw")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["since"] > cleaned["until"]:
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
