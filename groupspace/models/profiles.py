"""What members tell about themselves in one space, and who reads each answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.models.content import Audience
from groupspace.models.members import Membership
from groupspace.models.spaces import Space


class ProfileField(models.Model):
    """Something the space asks its members to tell about themselves; never required."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="profile_fields")
    label = models.CharField(_("vraag"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class ProfileAnswer(models.Model):
    """What one member tells, and to whom."""

    field = models.ForeignKey(ProfileField, on_delete=models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="profile")
    text = models.TextField(_("antwoord"), max_length=1000)
    audience = models.CharField(_("wie leest dit"), max_length=12, choices=Audience.choices, default=Audience.SPACE)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["field", "membership"], name="groupspace_profile_once")]

    def __str__(self) -> str:
        return str(self.pk)
