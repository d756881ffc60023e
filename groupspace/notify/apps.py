"""Mail and tasks: it registers the periodic jobs of all apps."""

from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "groupspace.notify"
    label = "groupspace_notify"
    verbose_name = _("berichten en taken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from groupspace.notify import periodic

        autodiscover_modules("tasks")  # where apps register their periodic jobs
        # Apps on the layers below know nothing of jobs: they name theirs, with a pause, in their AppConfig.
        for config in apps.get_app_configs():
            for job, (every, function) in getattr(config, "periodic", {}).items():
                periodic.register(job, every=every, function=import_string(function))
        from groupspace.notify import checks  # noqa: F401  (registers the system checks)
