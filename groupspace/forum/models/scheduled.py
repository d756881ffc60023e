"""Conversations that wait for their moment. No topic exists before, so there is nothing that could leak."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forum.models.topics import Topic
from groupspace.models import SpaceContent
from groupspace.text.fields import RichTextField


class Scheduled(SpaceContent):
    """A conversation that starts by itself at a moment, as its author."""

    class Stuck(models.TextChoices):
        """Why it could not be placed, as people read it. Of the first three the cause can pass by itself."""

        AGREE = "agree", _("Wie dit klaarzette, zei nog geen ja op de nieuwe afspraken. Daarna komt het vanzelf.")
        PAUSED = "paused", _("Wie dit klaarzette, heeft nu pauze in de groep. Daarna komt het vanzelf.")
        SHUT = "shut", _("In de groep kan nu niemand schrijven. Kan dat weer? Dan komt het vanzelf.")
        GONE = "gone", _("Wie dit klaarzette, doet niet meer mee. Haal het weg, of plaats het zelf.")
        ROLE = "role", _("Wie dit klaarzette, mag hier niet meer schrijven. Haal het weg, of plaats het zelf.")

    PASSING = (Stuck.AGREE, Stuck.PAUSED, Stuck.SHUT)

    sort = models.CharField(_("soort"), max_length=12, choices=Topic.Sort.choices, default=Topic.Sort.CONVERSATION)
    title = models.CharField(_("titel"), max_length=120)
    body = RichTextField(_("bericht"))
    at = models.DateTimeField(_("wanneer"))
    #: Why it was not placed at its moment; empty when all is well.
    stuck = models.CharField(max_length=10, choices=Stuck.choices, blank=True, editable=False)

    class Meta(SpaceContent.Meta):
        verbose_name = _("klaargezet gesprek")
        verbose_name_plural = _("klaargezette gesprekken")
        indexes = [models.Index(fields=["at"], name="gs_forum_scheduled_due")]

    @property
    def is_late(self) -> bool:
        return self.at <= timezone.now()
