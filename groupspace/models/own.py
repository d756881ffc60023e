"""What a member keeps in a space for themselves, whatever kind of content it is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.models.members import Membership


class MutedWords(models.Model):
    """Words of which a member would rather not see the texts unasked; one a line. Nobody else ever reads them."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField(_("woorden"))

    class Meta:
        verbose_name = _("woorden om te vouwen")
        verbose_name_plural = _("woorden om te vouwen")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class MutedItem(models.Model):
    """An item of which a member wants to hear nothing, also when somebody names them there."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    item_id = models.UUIDField()

    class Meta:
        verbose_name = _("stil gezet")
        verbose_name_plural = _("stil gezet")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item_id", "membership"], name="groupspace_muted_once")]

    def __str__(self) -> str:
        return str(self.pk)
