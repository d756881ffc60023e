"""Digital social techniques."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TechniquesConfig(AppConfig):
    name = "knowledgebase.techniques"
    label = "knowledgebase_techniques"
    verbose_name = _("digitale sociale technieken")
    default_auto_field = "django.db.models.BigAutoField"
    #: For a worker that runs periodic jobs.
    periodic = {"techniques.forget": (timedelta(hours=6), "knowledgebase.techniques.actions.forget_gone")}

    def ready(self) -> None:
        from knowledgebase import personal

        from .personal import contributions

        personal.add("meeschrijven", contributions)
