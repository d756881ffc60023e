"""Denk mee: visitors say which groups should start, staff compare and choose, everybody sees what happens."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "knowledgebase.ideas"
    label = "knowledgebase_ideas"
    verbose_name = _("ideeën van bezoekers")
    default_auto_field = "django.db.models.BigAutoField"
    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {"ideas.purge": (timedelta(hours=6), "knowledgebase.ideas.purge.purge_typed")}
