"""One chain of entries per space. Database triggers refuse to change or remove an entry."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7


class Entry(models.Model):
    """One event. Fields follow NEN 7513: event, time, person concerned, user, on whose behalf, by which right."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: The id of a space, or "site" for events outside any space.
    chain = models.CharField(max_length=36)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("wanneer"))
    event = models.CharField(_("gebeurtenis"), max_length=40)
    #: "member:<membership id>" inside a space, "user:<key>" outside one, "system" for a job.
    actor = models.CharField(_("wie"), max_length=80)
    on_behalf_of = models.CharField(_("namens"), max_length=80, blank=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    authorisation = models.CharField(_("waarom dit mocht"), max_length=60, blank=True)
    break_glass = models.BooleanField(_("noodtoegang"), default=False)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("regel in het toegangslogboek")
        verbose_name_plural = _("toegangslogboek")
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="groupspace_audit_number")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class Head(models.Model):
    """The end of each chain. Its row lock makes writers of one space take turns, and nobody else."""

    chain = models.CharField(max_length=36, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.chain
