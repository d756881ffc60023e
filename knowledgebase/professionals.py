"""Who works in the field: the host knows, the knowledge base asks. Without an answer nobody does."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

from . import conf


def is_professional(user: Any) -> bool:
    """Whether the host's function in KNOWLEDGEBASE["IS_PROFESSIONAL"] says so of this user, in this session."""
    path: str | None = conf.get("IS_PROFESSIONAL")
    if not path or not getattr(user, "is_authenticated", False):
        return False
    return import_string(path)(user) is True
