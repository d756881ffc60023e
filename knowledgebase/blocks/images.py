"""Pictures with words for who does not see them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

UNDESCRIBED = _(
    "Schrijf op wat er op de afbeelding staat, voor wie haar niet ziet. Is ze alleen versiering? Zet dan dat vinkje."
)


class DescribedImageBlock(ImageBlock):
    """Wagtail's block, which asks for the words in plain Dutch. It is stored and migrated as that block."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"].label = _("Afbeelding")
        self.child_blocks["alt_text"].label = _("Beschrijving")
        self.child_blocks["decorative"].label = _("Alleen versiering")

    def clean(self, value: Any) -> Any:
        try:
            cleaned = super().clean(value)
        except StructBlockValidationError as error:
            if "alt_text" not in error.block_errors:
                raise
            raise undescribed() from error
        if cleaned and not self.is_deferred_validation and is_file_name(cleaned):
            raise undescribed()
        return cleaned


def is_file_name(image: Any) -> bool:
    """Whether the words are those that the CMS fills in for a picture that nobody described: the name of its file."""
    words = image.contextual_alt_text or ""
    return not image.decorative and words == image.title and PurePath(image.file.name).stem.startswith(words)


def undescribed() -> StructBlockValidationError:
    """The error that stands at the words."""
    return StructBlockValidationError(block_errors={"alt_text": ValidationError(UNDESCRIBED)})
