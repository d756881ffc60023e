"""Renting a space: who asks, what staff answer, for how long."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.models.organisations import Organisation
from groupspace.models.spaces import Space
from groupspace.querysets import LeaseQuerySet


class Lease(models.Model):
    """A space rented by an organisation or by a private person: first a request, then an agreement with a term."""

    class Tenant(models.TextChoices):
        ORGANISATION = "organisation", _("een organisatie")
        PRIVATE = "private", _("ikzelf, als particulier")

    class State(models.TextChoices):
        REQUESTED = "requested", _("gevraagd")
        GRANTED = "granted", _("goedgekeurd")
        REFUSED = "refused", _("niet goedgekeurd")
        ENDED = "ended", _("afgelopen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: Whoever asked, and opens the space. Staff see the tenant's own words and never the account. Empty when the
    #: account is gone: the term still binds the space.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    tenant = models.CharField(_("wie huurt"), max_length=12, choices=Tenant.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="leases"
    )
    theme = models.CharField(_("thema"), max_length=60)
    purpose = models.TextField(_("waarvoor"), max_length=2000)
    is_trial = models.BooleanField(_("proef"), default=False)
    #: The version of the duty of care that a private tenant said yes to; 0 for an organisation.
    care_version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.REQUESTED)
    answer = models.TextField(_("antwoord"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    #: When the tenant asked to rent the same space for longer; empty once staff answered.
    longer_asked_at = models.DateTimeField(null=True, editable=False)
    space = models.OneToOneField(Space, on_delete=models.SET_NULL, null=True, editable=False, related_name="lease")

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("huur")
        verbose_name_plural = _("huur van ruimtes")
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="requested") | models.Q(user__isnull=False), name="groupspace_lease_is_asked"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def kind(self) -> str:
        """The sort of space that is opened with it."""
        return "private" if self.tenant == self.Tenant.PRIVATE else "group"

    @property
    def can_go_on(self) -> bool:
        """Whether it can be prolonged: `to_go_on` for one lease; needs `space` loaded."""
        if self.space is None or self.state not in {self.State.GRANTED, self.State.ENDED}:
            return False
        return self.space.state != Space.State.ERASED
