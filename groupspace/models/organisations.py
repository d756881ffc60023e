"""Organisations that offer groups, and the professionals they vouch for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.querysets import ProfessionalInvitationQuerySet, ProfessionalQuerySet


class Organisation(models.Model):
    """An organisation that offers groups; each space it offers is its responsibility."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    summary = models.CharField(_("in één zin"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("doet mee"), default=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Professional(models.Model):
    """Says that an account belongs to a professional whom an organisation vouches for."""

    #: Staff see this and never the account.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="groupspace_professional"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="professionals", verbose_name=_("organisatie")
    )
    since = models.DateField(_("sinds"), default=timezone.localdate)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    #: Sees how the groups of the organisation are doing: numbers and dates, never words or names.
    is_coordinator = models.BooleanField(_("ziet hoe het gaat met de groepen van de organisatie"), default=False)

    #: When a coordinator read the first explanation away.
    introduced_at = models.DateTimeField(null=True, editable=False)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class ProfessionalInvitation(models.Model):
    """A code with which a person becomes a professional of an organisation. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisatie")
    )
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("geldig tot"), editable=False)
    used_at = models.DateTimeField(_("gebruikt"), null=True, editable=False)

    objects = ProfessionalInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("code voor een professional")
        verbose_name_plural = _("codes voor professionals")
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)
