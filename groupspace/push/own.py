"""The browsers in which somebody switched signs on, for "Mijn gegevens"."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from groupspace.push.models import Device


def of_account(user: Any) -> list[dict[str, Any]]:
    """One entry for each browser; the keys in it are secrets of that browser."""
    return [
        {"aangezet": device.created_at.isoformat(), "via": urlsplit(device.endpoint).hostname}
        for device in Device.objects.filter(user=user).order_by("created_at")
    ]
