from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class GroupspaceConfig(AppConfig):
    name = "groupspace"
    label = "groupspace"
    verbose_name = _("groepen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("kind")
        from groupspace import checks  # noqa: F401  (registers the system checks)
