"""Search over what everyone may read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "knowledgebase.search"
    label = "knowledgebase_search"
    verbose_name = _("zoeken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers

        receivers.connect()
