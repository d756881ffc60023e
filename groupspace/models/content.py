"""What everything that members make in a space has."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.models.members import Membership
from groupspace.models.spaces import Space
from groupspace.querysets import SpaceContentQuerySet


class Audience(models.TextChoices):
    """Who reads an item. It can only be narrower than the space."""

    SPACE = "space", _("iedereen in deze groep")
    FACILITATORS = "facilitators", _("alleen de begeleiders")
    SELF = "self", _("alleen ik")


#: What waits for its moment; for the index with which the job finds it each minute.
PREPARED = models.Q(prepared_for__isnull=False)


class Stuck(models.TextChoices):
    """Why what was prepared could not be placed, as people read it."""

    AGREE = "agree", _("Wie dit klaarzette, zei nog geen ja op de nieuwe afspraken. Daarna komt het vanzelf.")
    PAUSED = "paused", _("Wie dit klaarzette, heeft nu pauze in de groep. Daarna komt het vanzelf.")
    SHUT = "shut", _("In de groep kan nu niemand schrijven. Kan dat weer? Dan komt het vanzelf.")
    OFF = "off", _("Dit onderdeel staat uit in de groep. Staat het weer aan? Dan komt het vanzelf.")
    GONE = "gone", _("Wie dit klaarzette, doet niet meer mee. Haal het weg.")
    ROLE = "role", _("Wie dit klaarzette, mag dat hier niet meer. Haal het weg.")
    OVER = "over", _("Wat hierin staat, is al voorbij. Verander het, of haal het weg.")


class SpaceContent(models.Model):
    """What a member made in a space. Its author is a membership, so content never points at an account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)ss")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")
    audience = models.CharField(_("wie leest dit"), max_length=12, choices=Audience.choices, default=Audience.SPACE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Since when it waits for whoever reads first in this space; empty when others may read it. See `groupspace.held`.
    held_at = models.DateTimeField(null=True, editable=False, default=None)
    #: The moment at which it comes by itself; empty when it came. Until then it is held too. See `groupspace.later`.
    prepared_for = models.DateTimeField(null=True, editable=False, default=None)
    #: Why it did not come at its moment; empty when all is well.
    stuck = models.CharField(max_length=10, choices=Stuck.choices, blank=True, editable=False)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
