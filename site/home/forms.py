"""Forms for pictures and documents: they say plainly that everybody can see what is uploaded here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

WARNING = _(
    "Iedereen op internet kan dit zien. Zet hier nooit iets neer uit een groep of over een deelnemer. "
    "Haal namen en plaatsen uit het bestand."
)


class PublicFileForm:
    """Puts the warning at the field that is always there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = WARNING


class PublicImageForm(PublicFileForm, BaseImageForm):
    """A picture for everyone."""


class PublicDocumentForm(PublicFileForm, BaseDocumentForm):
    """A document for everyone."""
