"""The front page, plain pages and navigation of the site."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("startpagina")
    default_auto_field = "django.db.models.BigAutoField"

    #: Jobs for whoever runs such a table: name, pause between two runs, function.
    periodic = {"home.schedule": (timedelta(minutes=5), "home.publishing.keep_schedule")}

    def ready(self) -> None:
        from . import setup

        post_migrate.connect(setup.after_migrate, sender=self, dispatch_uid="home_setup")
