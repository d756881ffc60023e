"""Quick scans among organisations."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuickScanConfig(AppConfig):
    name = "knowledgebase.quickscan"
    label = "knowledgebase_quickscan"
    verbose_name = _("quickscans")
    default_auto_field = "django.db.models.BigAutoField"
    #: For a worker that runs periodic jobs; `manage.py tidy_quickscans` does the same by hand.
    periodic = {"quickscan.tidy": (timedelta(hours=1), "knowledgebase.quickscan.actions.tidy_up")}
