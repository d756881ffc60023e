"""Rows that many tests begin with: made once by the real actions, and laid back for the next test."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Model


class Remembered:
    """What `make` writes in the database, and returns.

    It is laid back where a test takes everything back at its end and nobody is there yet, as long as permissions
    have the numbers that the grants name; otherwise it is made anew.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._for: object = None
        self._made, self._rows = b"", list[tuple[type[Model], bytes]]()

    def get(self) -> Any:
        if not connection.in_atomic_block or get_user_model().objects.exists():
            return self._make()
        permissions = list(Permission.objects.order_by("pk").values_list("pk", flat=True))
        if permissions != self._for:
            before = {model: set(_keys(model)) for model in _models()}
            made = self._make()
            written = ((model, set(_keys(model)) - before[model]) for model in _models())
            self._rows = [
                (model, pickle.dumps(list(model._base_manager.filter(pk__in=keys).order_by("pk"))))
                for model, keys in written
                if keys
            ]
            self._made, self._for = pickle.dumps(made), permissions
            return made
        for model, rows in self._rows:
            model._base_manager.bulk_create(pickle.loads(rows))  # noqa: S301  written above
        return pickle.loads(self._made)  # noqa: S301  likewise


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _keys(model: type[Model]) -> Any:
    return model._base_manager.values_list("pk", flat=True)
