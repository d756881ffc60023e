"""Tells the host, at start, when the files of members would stand in the open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from groupspace.storage.conf import storage_conf


@register
def place(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """There is a place, and no web server shows it."""
    if "private" in settings.STORAGES:
        return []
    folder = storage_conf().DIR
    if not folder:
        hint = "a folder outside MEDIA_ROOT, where the files of members are kept"
        return [Error(f'Give GROUPSPACE["STORAGE"]["DIR"]: {hint}.', id="groupspace_storage.E001")]
    shown = [Path(path).resolve() for path in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if path]
    here = Path(folder).resolve()
    if any(here == path or path in here.parents or here in path.parents for path in shown):
        message = 'GROUPSPACE["STORAGE"]["DIR"] overlaps MEDIA_ROOT or STATIC_ROOT: everybody could read it.'
        return [Error(message, id="groupspace_storage.E002")]
    return []
