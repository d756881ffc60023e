"""Links to pages of this site, and to addresses."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from .limited import LimitedStreamBlock

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
        page, address = bool(cleaned.get("page")), bool(cleaned.get("address"))
        if page == address and (page or not self.is_deferred_validation):  # a draft may have neither yet
            message = _("Kies een pagina of vul een adres in: een van de twee.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned


class FurtherBlock(LinkBlock):
    """A next step: where it leads, and why one would go there."""

    text = blocks.CharBlock(label=_("Wat vind je daar?"), max_length=200, required=False)

    class Meta:
        label = _("Volgende stap")


class FurtherStreamBlock(LimitedStreamBlock):
    """Where to read or talk further, chosen by staff."""

    link = FurtherBlock()


class RelatedStreamBlock(LimitedStreamBlock):
    """Other pages to see also."""

    page = blocks.PageChooserBlock(label=_("Pagina"))
