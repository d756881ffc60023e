"""Forms for pictures and documents: they say plainly that everybody can see what is uploaded here."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from groupspace.storage.content import is_what_it_says

WARNING = _(
    "Iedereen op internet kan dit zien. Zet hier nooit iets neer uit een groep of over een deelnemer. "
    "Haal namen en plaatsen uit het bestand."
)

#: What a picture may carry: how to show it, and nothing about who made it, where and when.
HARMLESS = frozenset({"icc_profile", "gamma", "dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                      "progression", "adobe", "adobe_transform", "transparency", "srgb", "chromaticity", "background",
                      "version", "duration", "loop", "extension", "interlace", "aspect"})  # fmt: skip


class PublicFileForm:
    """Puts the warning at the field that is always there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = WARNING


class PublicImageForm(PublicFileForm, BaseImageForm):
    """A picture for everyone, without what the camera wrote into it: Wagtail's own sizes would keep the place too."""

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        return without_traces(uploaded) if uploaded and "file" in self.changed_data else uploaded


def without_traces(uploaded: Any) -> Any:
    """Return an uploaded picture without place, time, camera, captions or thumbnails; itself when it has none."""
    picture = Image.open(uploaded)
    moves = picture.format in {"GIF", "PNG", "WEBP"} and getattr(picture, "is_animated", False)
    if moves or not (picture.getexif() or picture.info.keys() - HARMLESS):
        uploaded.seek(0)
        return uploaded
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA") if upright.has_transparency_data else upright
    plain = plain.convert("RGB") if plain.mode == "P" else plain
    plain.info = {}
    kind = "JPEG" if picture.format == "MPO" else picture.format  # what phones make
    out = BytesIO()
    plain.save(out, kind, quality=90, icc_profile=picture.info.get("icc_profile"))
    return ContentFile(out.getvalue(), uploaded.name)


class PublicDocumentForm(PublicFileForm, BaseDocumentForm):
    """A document, film or sound for everyone."""

    def clean_file(self) -> Any:
        """Refuse what is not what its name says: a program called .pdf is still a program."""
        uploaded = self.cleaned_data["file"]
        if uploaded and "file" in self.changed_data:
            extension = PurePath(uploaded.name).suffix.removeprefix(".").lower()
            if not is_what_it_says(uploaded, extension):
                raise ValidationError(
                    _(
                        "Dit bestand is geen echt %(kind)s-bestand, of er zit een programma in. "
                        "Open het in het programma waarmee het is gemaakt. Bewaar het opnieuw als %(kind)s."
                    ),
                    params={"kind": extension},
                )
        return uploaded
