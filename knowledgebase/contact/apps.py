"""Forms from visitors to staff: a question, interest of an institution, a notice or complaint."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "knowledgebase.contact"
    label = "knowledgebase_contact"
    verbose_name = _("berichten van bezoekers")
    default_auto_field = "django.db.models.BigAutoField"
    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {"contact.purge": (timedelta(hours=6), "knowledgebase.contact.purge.purge_messages")}
