"""System checks: the way out has an address."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, register

from groupspace.checks import reachable


@register(Tags.urls)
def check_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Quick exit leads somewhere."""
    line = 'path("weg/", include("groupspace.safety.urls"))'
    return reachable("safety:exit", line, "groupspace.safety.E001")
