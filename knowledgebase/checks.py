"""Tells the host at start what is missing for the public site: one sentence that says what to do."""

from __future__ import annotations

from ctypes.util import find_library
from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004  Django's own name


@register
def pdf(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """PDF documents need a package and the libraries that it draws with. Without them the site works, without PDF."""
    if find_spec("weasyprint") is None:
        return [Warning("No PDF can be made: pip install weasyprint.", id="knowledgebase.W001")]
    if find_library("pango-1.0") is None or find_library("pangoft2-1.0") is None:
        hint = "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core."
        return [Warning("No PDF can be made: Pango is missing.", hint=hint, id="knowledgebase.W001")]
    return []
