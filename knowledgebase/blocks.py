"""The blocks staff build public pages with. Each says in plain Dutch what belongs in it and how much."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
OWN_PATH = re.compile(r"/(?!/)[^\s\\]*").fullmatch


def check_address(value: str) -> None:
    """Refuse what is not an address on this site (/…), a web address, a telephone number or a mail address."""
    if OWN_PATH(value) or re.fullmatch(r"(tel:[0-9+-]+|mailto:[^\s@]+@[^\s@]+)", value):
        return
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise ValidationError(
            _("Dit adres klopt niet. Begin met / voor deze site, of met https:// voor een andere site.")
        ) from error


class LinkValue(blocks.StructValue):
    """Where the link goes; nowhere when the page is no longer public."""

    @cached_property
    def url(self) -> str:
        page = self.get("page")
        if page is None:
            return self.get("address") or ""
        return page.url or "" if page.live else ""


class LinkBlock(blocks.StructBlock):
    """A link to a page of this site, or to an address."""

    label = blocks.CharBlock(
        label=_("Tekst op de link"), max_length=60, help_text=_("Wat de bezoeker ziet. Kort en duidelijk.")
    )
    page = blocks.PageChooserBlock(label=_("Pagina op deze site"), required=False)
    address = blocks.CharBlock(
        label=_("Of een adres"),
        required=False,
        max_length=500,
        validators=[check_address],
        help_text=_("Alleen als er geen pagina is gekozen. Bijvoorbeeld /groep/ of https://www.113.nl"),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            message = _("Kies een pagina of vul een adres in: een van de twee.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned


class LimitedStreamBlock(blocks.StreamBlock):
    """A list with a smallest and largest number of parts, and a message that says how many are asked."""

    class Meta:
        collapsed = False

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Read what the editor sent. Raises BadRequest for a form made by hand: Wagtail trusts its hidden fields."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise BadRequest("A list of blocks misses its hidden fields, or they have the wrong type.") from error

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except StreamBlockValidationError as error:
            if message := self.count_message(len(value)):
                raise StreamBlockValidationError(error.block_errors, [message]) from error
            raise

    def count_message(self, count: int) -> ValidationError | None:
        """What to say about this number of parts; None when it is all right."""
        least, most = self.meta.min_num or 0, self.meta.max_num
        if count < least:
            message = ngettext(
                "Hier staat minstens %(least)d onderdeel. Voeg er nog %(more)d toe.",
                "Hier staan minstens %(least)d onderdelen. Voeg er nog %(more)d toe.",
                least,
            )
            return ValidationError(message, params={"least": least, "more": least - count})
        if most is not None and count > most:
            message = ngettext(
                "Hier staat hooguit %(most)d onderdeel. Haal er %(fewer)d weg.",
                "Hier staan hooguit %(most)d onderdelen. Haal er %(fewer)d weg.",
                most,
            )
            return ValidationError(message, params={"most": most, "fewer": count - most})
        return None


class PictureBlock(blocks.StructBlock):
    """A picture for everyone. Pictures from groups or of people in them never belong here."""

    image = ImageBlock(
        label=_("Afbeelding"),
        help_text=_("Iedereen op internet kan deze afbeelding zien. Gebruik geen foto's van deelnemers."),
    )
    caption = blocks.CharBlock(label=_("Onderschrift"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Afbeelding")
        template = "knowledgebase/blocks/picture.html"


class TextStreamBlock(LimitedStreamBlock):
    """Running text: paragraphs, with now and then a heading or a picture."""

    text = blocks.RichTextBlock(
        label=_("Tekst"),
        features=TEXT_FEATURES,
        help_text=_("Korte zinnen, gewone woorden, één boodschap per alinea. Schrijf “je”."),
        template="knowledgebase/blocks/text.html",
    )
    heading = blocks.CharBlock(
        label=_("Tussenkop"), max_length=80, icon="title", template="knowledgebase/blocks/heading.html"
    )
    picture = PictureBlock()


class RecogniseStreamBlock(LimitedStreamBlock):
    """Sentences in which a reader can recognise himself or herself."""

    item = blocks.CharBlock(
        label=_("Herkenning"),
        max_length=140,
        icon="tick",
        help_text=_("Eén zin, zoals iemand het zelf zou zeggen. Bijvoorbeeld: “Ik lig 's nachts lang wakker.”"),
    )


class StepBlock(blocks.StructBlock):
    """One small thing someone can do today."""

    title = blocks.CharBlock(label=_("Stap"), max_length=60, help_text=_("Begin met een werkwoord."))
    text = blocks.TextBlock(label=_("Uitleg"), max_length=400, rows=3, help_text=_("Klein genoeg voor vandaag."))

    class Meta:
        icon = "list-ol"
        label = _("Kleine stap")


class StepStreamBlock(LimitedStreamBlock):
    """The small steps of a topic, in order."""

    step = StepBlock()


class FurtherBlock(LinkBlock):
    """A next step: where it leads, and why one would go there."""

    text = blocks.CharBlock(label=_("Wat vind je daar?"), max_length=200, required=False)

    class Meta:
        label = _("Volgende stap")


class FurtherStreamBlock(LimitedStreamBlock):
    """Where to read or talk further, chosen by staff."""

    link = FurtherBlock()


class SourceBlock(blocks.StructBlock):
    """Where the information comes from."""

    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    publisher = blocks.CharBlock(label=_("Van wie"), max_length=120, required=False)
    year = blocks.CharBlock(
        label=_("Jaar"), max_length=4, required=False, help_text=_("Vier cijfers. Laat leeg als het niet bekend is.")
    )
    url = blocks.URLBlock(label=_("Adres op internet"), required=False, max_length=500)

    class Meta:
        icon = "openquote"
        label = _("Bron")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("year") and not re.fullmatch(r"(19|20)\d\d", cleaned["year"]):
            raise StructBlockValidationError(
                block_errors={"year": ValidationError(_("Vul een jaar in met vier cijfers, bijvoorbeeld 2024."))}
            )
        return cleaned


class SourceStreamBlock(LimitedStreamBlock):
    """The sources of a topic."""

    source = SourceBlock()
