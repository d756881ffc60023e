"""Configuration of the text app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextConfig(AppConfig):
    name = "groupspace.text"
    label = "groupspace_text"
    verbose_name = _("Teksten van deelnemers")
    default_auto_field = "django.db.models.BigAutoField"
    periodic = {"text.purge": (timedelta(minutes=10), "groupspace.text.purge.purge_text")}
