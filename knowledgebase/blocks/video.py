"""Films: on another site, asked for only after a click, or a file of our own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from ..video import UNKNOWN, Film, find_film
from .images import DescribedImageBlock

PLAYS = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg"}


class VideoValue(blocks.StructValue):
    """A film block, and where its film is."""

    @cached_property
    def film(self) -> Film | None:
        return find_film(self.get("address") or "")

    @property
    def media_type(self) -> str:
        """What kind of file our own film or sound is."""
        document = self.get("file")
        return PLAYS.get(document.file_extension.lower(), "") if document else ""


class VideoBlock(blocks.StructBlock):
    """A film or a sound recording."""

    title = blocks.CharBlock(
        label=_("Titel"), max_length=120, help_text=_("Waar gaat het over? De bezoeker ziet dit al voor het afspelen.")
    )
    address = blocks.CharBlock(
        label=_("Adres van de film"),
        required=False,
        max_length=300,
        help_text=_("Van YouTube, Vimeo of PeerTube. De bezoeker moet eerst op een knop drukken."),
    )
    file = DocumentChooserBlock(
        label=_("Of een eigen bestand"), required=False, help_text=_("Een film (mp4 of webm) of geluid (mp3).")
    )
    captions = DocumentChooserBlock(
        label=_("Ondertiteling bij een eigen film"), required=False, help_text=_("Een bestand dat eindigt op .vtt.")
    )
    poster = DescribedImageBlock(label=_("Stilstaand beeld"), required=False)
    transcript = blocks.TextBlock(
        label=_("Wat er wordt gezegd"),
        required=False,
        rows=6,
        max_length=20000,
        help_text=_("De tekst van de film. Voor wie niet kan luisteren, en voor wie liever leest."),
    )

    class Meta:
        icon = "media"
        label = _("Film of geluid")
        value_class = VideoValue
        template = "knowledgebase/blocks/video.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        address, document, captions = cleaned.get("address"), cleaned.get("file"), cleaned.get("captions")
        if (address and document) or not (address or document or self.is_deferred_validation):
            errors["address"] = ValidationError(_("Vul een adres in of kies een eigen bestand: een van de twee."))
        elif address and not find_film(address):
            errors["address"] = ValidationError(UNKNOWN)
        elif document and document.file_extension.lower() not in PLAYS:
            errors["file"] = ValidationError(_("Kies een bestand dat eindigt op .mp4, .webm of .mp3."))
        if captions and captions.file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Kies een bestand dat eindigt op .vtt."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned
