"""How long things are kept: data that staff can change, with the reason beside it."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionRule(models.Model):
    """After which event, and how long after it, something is erased."""

    class Trigger(models.TextChoices):
        READ_ONLY = "read_only", _("de groep is alleen nog te lezen")

    code = models.CharField(_("wat"), max_length=40, unique=True)
    trigger = models.CharField(_("vanaf wanneer"), max_length=20, choices=Trigger.choices)
    days = models.PositiveSmallIntegerField(_("dagen"), validators=[MinValueValidator(1)])
    ground = models.CharField(_("waarom zo lang"), max_length=300)
    reviewed_on = models.DateField(_("nagekeken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("bewaartermijn")
        verbose_name_plural = _("bewaartermijnen")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
