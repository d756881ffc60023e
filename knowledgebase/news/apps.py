"""News, the agenda, calls, and the page that tells what is new."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "knowledgebase.news"
    label = "knowledgebase_news"
    verbose_name = _("nieuws")
    default_auto_field = "django.db.models.BigAutoField"
