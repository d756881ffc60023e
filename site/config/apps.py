"""The project itself as an app: it holds the commands that know the whole site."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    label = "project"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the checks
