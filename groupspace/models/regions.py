"""Regions, by the four digits of their postcodes. A postcode itself is never kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def _validate_ranges(text: str) -> None:
    if not list(ranges_in(text)):
        raise ValidationError(_("Schrijf minstens één reeks op, zoals 9700-9747."))


def ranges_in(text: str) -> Iterator[range]:
    """The ranges in a text such as "9700-9747, 9750". Raises ValidationError for anything else."""
    for part in filter(None, (part.strip() for part in text.replace("\n", ",").split(","))):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        last = last if dash else first
        if not all(piece.isascii() and piece.isdigit() and len(piece) == 4 for piece in (first, last)):
            raise ValidationError(
                _("“%(part)s” klopt niet. Schrijf vier cijfers, of een reeks: 9700-9747.") % {"part": part}
            )
        if last < first:
            raise ValidationError(_("De reeks “%(part)s” staat verkeerd om.") % {"part": part})
        yield range(int(first), int(last) + 1)


class Region(models.Model):
    """A part of the country; staff keep the list."""

    name = models.CharField(_("naam"), max_length=60, unique=True)
    postcodes = models.TextField(
        _("postcodes"), validators=[_validate_ranges], help_text=_("Vier cijfers. Reeksen mogen: 9700-9747, 9750-9759")
    )

    class Meta:
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def holds(self, digits: str) -> bool:
        """Whether the four digits of a postcode lie in this region."""
        return digits.isascii() and digits.isdigit() and any(int(digits) in part for part in ranges_in(self.postcodes))
