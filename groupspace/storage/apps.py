"""Configuration of the storage app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorageConfig(AppConfig):
    name = "groupspace.storage"
    label = "groupspace_storage"
    verbose_name = _("bestanden van deelnemers")
    default_auto_field = "django.db.models.BigAutoField"
    periodic = {"storage.purge": (timedelta(hours=6), "groupspace.storage.purge.purge_storage")}

    def ready(self) -> None:
        from groupspace.storage import checks  # noqa: F401  (registers the system checks)
