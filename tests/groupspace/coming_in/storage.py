"""All that is stored, as text: to look for what must not be there."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings

from groupspace.text.models import SealedPost
from groupspace.text.sealed import _bound_to, _cipher

_TEXTUAL = {"CharField", "TextField", "JSONField", "BinaryField", "SlugField", "URLField", "EmailField", "IntegerField"}


def everything_stored() -> str:
    """The text in all tables; what was sealed after a lost log-in is opened."""
    parts = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if field.get_internal_type() in _TEXTUAL]
        if names and model._meta.managed and model._meta.app_label not in {"contenttypes", "auth"}:
            parts += [str(row) for row in model._base_manager.values_list(*names)]
    return "\n".join([*parts, *(opened(row) for row in SealedPost.objects.all())])


def opened(row: SealedPost) -> str:
    """What stands in a sealed form."""
    raw = bytes(row.sealed)
    return _cipher(settings.SECRET_KEY).decrypt(raw[:12], raw[12:], _bound_to(row)).decode()
