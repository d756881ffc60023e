"""Pages under which visitors may react, when staff switch that on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel

#: Functions (request, page) that give HTML for the end of a page that takes reactions.
HOOK = "below_public_page"


class TakesReactions(models.Model):
    """Put it before PublicPage, and `{% for part in below %}{{ part }}{% endfor %}` at the end of the template."""

    takes_reactions = models.BooleanField(
        _("bezoekers mogen reageren"),
        default=False,
        help_text=_("Wie is ingelogd, kan een reactie insturen. Een collega leest die eerst, bij Van bezoekers."),
    )

    #: Of the page it is put before.
    content_note: str

    reaction_panels = [FieldPanel("takes_reactions")]

    class Meta:
        abstract = True

    @property
    def is_open_to_reactions(self) -> bool:
        """Whether reactions show here and new ones may be sent. Never under a heavy subject."""
        return self.takes_reactions and not self.content_note

    def clean(self) -> None:
        super().clean()
        if self.takes_reactions and self.content_note:
            raise ValidationError(
                {
                    "takes_reactions": _(
                        "Onder een heftig onderwerp kan niemand reageren. Haal het vinkje weg, of maak de let op-tekst "
                        "leeg."
                    )
                }
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = [part(request, self) for part in hooks.get_hooks(HOOK)] if self.is_open_to_reactions else []
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]  # it stands before a page
        return {**context, "below": below}
