"""Tells the public cache that a reaction is gone, also when it went along with an account. Nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete

from knowledgebase import public_cache


def _deleted(**_kwargs: Any) -> None:
    public_cache.bump_on_commit()


def connect() -> None:
    """Listen; called once when Django starts."""
    from .models import Reaction

    post_delete.connect(_deleted, sender=Reaction, dispatch_uid="knowledgebase_reactions_deleted")
