"""Tells a host at start when the aid for editors would not show."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks


@checks.register
def template_wins(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """This app must stand before the CMS: its template for the panel of checks extends the one of the CMS."""
    names = [config.name for config in apps.get_app_configs()]
    if "wagtail.admin" not in names or names.index("knowledgebase.plainlanguage") < names.index("wagtail.admin"):
        return []
    return [
        checks.Warning(
            "The aid for plain language is not shown in the CMS.",
            hint="Put knowledgebase.plainlanguage before wagtail.admin in INSTALLED_APPS.",
            id="knowledgebase_plainlanguage.W001",
        )
    ]
