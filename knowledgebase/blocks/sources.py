"""Where information comes from."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from .limited import LimitedStreamBlock

DOI = re.compile(r"10\.\d{4,9}/\S+").fullmatch


class SourceValue(blocks.StructValue):
    """A source, with the name of its kind."""

    @property
    def kind_label(self) -> str:
        choices = dict(self.block.child_blocks["kind"].field.choices)
        return choices.get(self.get("kind"), "")


class SourceBlock(blocks.StructBlock):
    """One source: a site, a book, an article, a report, a law, or people who know it from experience."""

    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    kind = blocks.ChoiceBlock(
        label=_("Soort bron"),
        required=False,
        choices=[
            ("website", _("Website")),
            ("book", _("Boek")),
            ("article", _("Artikel")),
            ("research", _("Onderzoek")),
            ("report", _("Rapport of richtlijn")),
            ("law", _("Wet of regel")),
            ("experience", _("Ervaring")),
        ],
    )
    author = blocks.CharBlock(label=_("Schrijver"), max_length=200, required=False)
    publisher = blocks.CharBlock(label=_("Van wie"), max_length=120, required=False)
    year = blocks.CharBlock(
        label=_("Jaar"), max_length=4, required=False, help_text=_("Vier cijfers. Laat leeg als het niet bekend is.")
    )
    url = blocks.URLBlock(label=_("Adres op internet"), required=False, max_length=500)
    doi = blocks.CharBlock(
        label=_("DOI"),
        max_length=200,
        required=False,
        help_text=_("Het vaste nummer van een artikel. Het begint met 10. en heeft een schuine streep."),
    )

    class Meta:
        icon = "openquote"
        label = _("Bron")
        form_attrs = {"data-kb-no-prose": ""}  # titles of others are as they are
        template = "knowledgebase/blocks/source.html"
        value_class = SourceValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        if cleaned.get("year") and not re.fullmatch(r"(19|20)\d\d", cleaned["year"]):
            errors["year"] = ValidationError(_("Vul een jaar in met vier cijfers, bijvoorbeeld 2024."))
        if cleaned.get("doi") and not DOI(cleaned["doi"]):
            errors["doi"] = ValidationError(
                _("Dit is geen DOI. Neem alleen het nummer over, bijvoorbeeld 10.1000/182. Dus zonder https://.")
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class SourceStreamBlock(LimitedStreamBlock):
    """The sources of a page."""

    source = SourceBlock()
