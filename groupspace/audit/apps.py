"""The access log, and its hourly anchor."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "groupspace.audit"
    label = "groupspace_audit"
    verbose_name = _("toegangslogboek")
    default_auto_field = "django.db.models.BigAutoField"
    periodic = {"audit.anchor": (timedelta(hours=1), "groupspace.audit.anchor.write")}
