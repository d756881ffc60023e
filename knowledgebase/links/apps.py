"""Links that lead nowhere."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "knowledgebase.links"
    label = "knowledgebase_links"
    verbose_name = _("links")
    default_auto_field = "django.db.models.BigAutoField"
    #: For a worker that runs periodic jobs; `manage.py check_links` does the same by hand.
    periodic = {"links.check": (timedelta(hours=1), "knowledgebase.links.actions.check_links")}

    def ready(self) -> None:
        from . import receivers

        receivers.connect()
