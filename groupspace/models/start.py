"""What must be thought of before a space starts."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.models.spaces import Space


class CrisisProtocol(models.Model):
    """What the facilitators do when somebody is in danger. Only they read it."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="crisis_protocol")
    contact = models.CharField(_("wie help jij bellen"), max_length=120)
    phone = models.CharField(_("telefoon"), max_length=40)
    location = models.TextField(_("wat je weet over waar leden zijn"), max_length=1000)
    anonymous = models.TextField(_("als je niet weet wie het is"), max_length=1000)
    outside_hours = models.TextField(_("als er niemand is"), max_length=1000)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("crisisafspraak")
        verbose_name_plural = _("crisisafspraken")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
