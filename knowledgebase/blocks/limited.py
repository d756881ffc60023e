"""A list of blocks that says how many parts it wants."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError


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
