"""Configuration of the forum app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "groupspace.forum"
    label = "groupspace_forum"
    verbose_name = _("Gesprekken")
    default_auto_field = "django.db.models.BigAutoField"
