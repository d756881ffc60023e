"""Plain language in the CMS, and the glossary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlainLanguageConfig(AppConfig):
    name = "knowledgebase.plainlanguage"
    label = "knowledgebase_plainlanguage"
    verbose_name = _("gewone taal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers them
