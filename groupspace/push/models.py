"""Where a sign can be sent: one row for each browser that somebody switched it on in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7


class Device(models.Model):
    """One browser of one account, as its maker's push service knows it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    #: The browser's own keys: only that browser can read what is sent.
    public_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("toestel")
        verbose_name_plural = _("toestellen")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
