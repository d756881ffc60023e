"""What an app of the plug-in needs beside it. It is said before models load: without it, those fail unreadably."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class NeedsApps(AppConfig):
    """An app that says which other apps a host forgot."""

    needs: tuple[str, ...] = ()

    def import_models(self) -> None:
        """Import the models. Raises ImproperlyConfigured, with one sentence, when an app is missing."""
        installed = {config.name for config in self.apps.get_app_configs()} if self.apps else set()
        missing = [name for name in self.needs if name not in installed]
        if missing:
            raise ImproperlyConfigured(f"{self.name} needs more in INSTALLED_APPS; add {', '.join(missing)}.")
        super().import_models()
