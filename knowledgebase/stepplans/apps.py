"""Step plans with choice moments."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StepPlansConfig(AppConfig):
    name = "knowledgebase.stepplans"
    label = "knowledgebase_stepplans"
    verbose_name = _("stappenplannen")
    default_auto_field = "django.db.models.BigAutoField"
    #: For a worker that runs periodic jobs; `manage.py purge_plans` does the same by hand.
    periodic = {"stepplans.purge": (timedelta(hours=6), "knowledgebase.stepplans.actions.purge")}

    def ready(self) -> None:
        from knowledgebase import personal
        from knowledgebase.handreiking import add

        from .handreiking import chapter
        from .personal import plans

        add(chapter)
        personal.add("stappenplannen", plans)
