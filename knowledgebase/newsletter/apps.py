"""The newsletter: who asked for it, what stands in it, and sending it once to everybody."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "knowledgebase.newsletter"
    label = "knowledgebase_newsletter"
    verbose_name = _("nieuwsbrief")
    default_auto_field = "django.db.models.BigAutoField"
    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {
        "newsletter.resume": (timedelta(minutes=5), "knowledgebase.newsletter.sending.resume"),
        "newsletter.forget": (timedelta(hours=6), "knowledgebase.newsletter.purge.forget"),
    }
