"""Forms for pictures and documents: they say plainly that everybody can see what is uploaded here."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
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


#: What Pillow raises for a file that begins like a picture and goes wrong after that.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class PublicFileForm:
    """Puts the warning at the field that is always there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # On what is printed: Wagtail has looked at this field by now, and what it saw then is what shows.
            self["title"].help_text = WARNING


class PictureField(WagtailImageField):
    """Wagtail's field; it also says what to do about a file that it refuses, and refuses one that is cut off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ", ".join(kind.upper() for kind in self.allowed_image_extensions if kind != "jpeg")
        no_picture = _("Dit is geen afbeelding die hier kan. Bewaar haar als een van deze soorten: %(kinds)s.")
        other_kind = _("De naam eindigt op .%(extension)s, maar het is iets anders. Bewaar de afbeelding opnieuw als: ")
        self.error_messages |= {
            "invalid_image": no_picture % {"kinds": kinds},
            "invalid_image_extension": no_picture % {"kinds": kinds},
            "invalid_image_known_format": f"{other_kind}{kinds}.",
            "file_too_large": _(
                "Deze afbeelding is te zwaar: %(file_size)s. Maak haar kleiner: hooguit %(max_filesize)s."
            ),
            "file_too_many_pixels": _(
                "Deze afbeelding is te groot. Maak haar kleiner, bijvoorbeeld 2.000 beeldpunten breed. "
                "Kies haar dan opnieuw."
            ),
        }

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except BROKEN as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PublicImageForm(PublicFileForm, BaseImageForm):
    """A picture for everyone, without what the camera wrote into it: Wagtail's own sizes would keep the place too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):  # not when only other parts of a picture are changed
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget, max_length=file.max_length
            )

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if not uploaded or "file" not in self.changed_data:
            return uploaded
        try:
            return without_traces(uploaded)
        except BROKEN as error:
            raise ValidationError(self.fields["file"].error_messages["invalid_image"]) from error


def without_traces(uploaded: Any) -> Any:
    """Return an uploaded picture without place, time, camera, captions or thumbnails; itself when it has none."""
    picture = Image.open(uploaded)
    picture.load()  # what is cut off would break the pages that show it
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
            if extension not in settings.WAGTAILDOCS_EXTENSIONS:
                raise ValidationError(
                    _("Dit soort bestand kan hier niet. Bewaar het als een van deze soorten: %(kinds)s."),
                    params={"kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)},
                )
            if not is_what_it_says(uploaded, extension):
                raise ValidationError(
                    _(
                        "Dit bestand is geen echt %(kind)s-bestand, of er zit een programma in. "
                        "Open het in het programma waarmee het is gemaakt. Bewaar het opnieuw als %(kind)s."
                    ),
                    params={"kind": extension},
                )
        return uploaded
