"""Templates and styles of the site."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "theme"
