"""Reactions of signed-in visitors under public pages: read by staff first, withdrawn by their writers at any time."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReactionsConfig(AppConfig):
    name = "knowledgebase.reactions"
    label = "knowledgebase_reactions"
    verbose_name = _("reacties van bezoekers")
    default_auto_field = "django.db.models.BigAutoField"
    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {"reactions.purge": (timedelta(hours=6), "knowledgebase.reactions.purge.purge_refused")}

    def ready(self) -> None:
        from knowledgebase import personal

        from . import receivers
        from .personal import reactions

        receivers.connect()
        personal.add("reacties", reactions)
