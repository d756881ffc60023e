"""Own counts of what is read."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReachConfig(AppConfig):
    name = "knowledgebase.reach"
    label = "knowledgebase_reach"
    verbose_name = _("bereik")
    default_auto_field = "django.db.models.BigAutoField"
    #: For a worker that runs periodic jobs; `manage.py merge_counts` does the same by hand.
    periodic = {"reach.merge": (timedelta(days=1), "knowledgebase.reach.actions.merge_old_counts")}
