from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "groupspace.notify"
    label = "groupspace_notify"
    verbose_name = _("berichten en taken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("tasks")  # where apps register their periodic jobs
        from groupspace.notify import checks  # noqa: F401  (registers the system checks)
