"""What the server keeps so that no typed word is lost or posted twice: drafts, sealed forms, used form keys."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody is typing in one place. Only its owner ever reads it.

    Not encrypted: forum text is not either, and a draft lives shorter. Letters and cases need `groupspace.storage`.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("eigenaar"))
    kind = models.CharField(_("soort"), max_length=40)
    object_id = models.UUIDField(_("waarbij het hoort"))
    #: The space, so that it goes with it; None for what stands in none.
    place = models.UUIDField(_("groep"), null=True, blank=True)
    values = models.JSONField(_("wat er getypt is"))
    version = models.PositiveIntegerField(_("versie"), default=1)
    updated_at = models.DateTimeField(_("bewaard op"), db_index=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "object_id"], name="gs_text_one_draft")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Submission(models.Model):
    """A form that was posted: the same form sent again gets the first result instead of a second post."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("gebruiker"))
    key = models.UUIDField(_("sleutel van het formulier"))
    result_url = models.CharField(_("waar het resultaat staat"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("verstuurd op"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("verstuurd formulier")
        verbose_name_plural = _("verstuurde formulieren")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="gs_text_one_submission")]

    def __str__(self) -> str:
        return str(self.key)


class SealedPost(models.Model):
    """A form that could not be taken in because its writer was logged out: encrypted, for them alone, 30 minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("gebruiker"))
    place = models.UUIDField(_("groep"), null=True, blank=True)
    sealed = models.BinaryField(_("verzegelde tekst"))
    created_at = models.DateTimeField(_("verzegeld op"), db_index=True)

    class Meta:
        verbose_name = _("verzegeld formulier")
        verbose_name_plural = _("verzegelde formulieren")

    def __str__(self) -> str:
        return str(self.id)
