"""Search over what everyone may read."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "knowledgebase.search"
    label = "knowledgebase_search"
    verbose_name = _("zoeken")
    default_auto_field = "django.db.models.BigAutoField"

    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {"search.sweep": (timedelta(hours=1), "knowledgebase.search.actions.sweep")}

    def ready(self) -> None:
        from . import receivers

        receivers.connect()
