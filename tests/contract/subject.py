"""The kinds that are held to the promises, their addresses, and what a page shows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter

from groupspace.kinds import all_kinds
from groupspace.views import ItemView, SpaceView

REPO = Path(__file__).resolve().parents[2]
#: Set by the test of a fresh kind, for the run it starts.
ONLY = os.environ.get("KRING_CONTRACT_KIND", "")
KINDS = [kind for kind in all_kinds() if ONLY in ("", kind.slug)]
WORD = "Zevenmijlslaars"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FINDERS = ("ben", "anna", "reader", "dora", "frank", "removed", "editor", "operator")
OUTSIDERS = ("dora", "frank", "removed", "editor", "operator")


@dataclass
class Address:
    """One address of a kind, with what the policy is asked there."""

    path: str
    action: str
    subject: Any


def addresses(kind: Any, item: Any) -> Iterator[Address]:
    """Every address in the kind's urls module, filled in for this item or for what hangs under it."""
    for pattern in import_module(kind.urls).urlpatterns:
        view = pattern.callback.view_class
        assert issubclass(view, SpaceView), f"{view.__name__} does not ask the policy."
        assert view.action
        arguments = pattern.pattern.converters
        assert all(isinstance(one, UUIDConverter) for one in arguments.values()), f"{pattern.name}: UUIDs only."
        subject: Any = item.space
        if issubclass(view, ItemView):
            subject = item if view.model is type(item) else _child(view.model, item)
        path = reverse(
            f"groupspace:{kind.slug}:{pattern.name}", args=[item.space_id, *([subject.pk] if arguments else [])]
        )
        yield Address(path, view.action, subject)


def _child(model: Any, item: Any) -> Any:
    """A row of another model of the kind that belongs to the item, such as the first post of a topic."""
    key = _way_to(type(item), model)
    assert key, f"{model.__name__} does not hang under the item."
    return model._default_manager.select_related(key).filter(**{key: item}).first()


def _way_to(target: Any, model: Any, deeper: bool = True) -> str:
    """The foreign key to the item's model, or to a model that has one."""
    keys = {field.name: field.related_model for field in model._meta.fields if field.related_model}
    if near := [name for name, to in keys.items() if to is target]:
        (key,) = near
        return key
    ours = {name: to for name, to in keys.items() if deeper and to._meta.app_label == target._meta.app_label}
    return next((f"{name}__{way}" for name, to in ours.items() if (way := _way_to(target, to, deeper=False))), "")


def both(browser: Client, path: str) -> list[Any]:
    return [browser.get(path), browser.post(path, {})]


def shows(response: Any, text: str = WORD) -> bool:
    return text in response.content.decode()


def shows_html(response: Any) -> bool:
    return response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")


def list_of(kind: Any, space: Any) -> str:
    return reverse(f"groupspace:{kind.slug}:list", args=[space.pk])


def home_of(space: Any) -> str:
    return reverse("groupspace:space", args=[space.pk])


def everything() -> str:
    """The whole database as one text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  quoted
            rows += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(rows)
