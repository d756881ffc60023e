"""Step plans with choice moments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StepPlansConfig(AppConfig):
    name = "knowledgebase.stepplans"
    label = "knowledgebase_stepplans"
    verbose_name = _("stappenplannen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knowledgebase.handreiking import add

        from .handreiking import chapter

        add(chapter)
