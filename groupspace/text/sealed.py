"""Forms that arrive after their writer was logged out: kept encrypted for 30 minutes, for the same person only."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.encoding import force_bytes

from .models import SealedPost
from .ticket import FIELD, UNKEPT, Ticket

LIFETIME = timedelta(minutes=30)
PARAMETER = "hersteld"
MOST = 20
_NOT_KEPT = {"csrfmiddlewaretoken", FIELD}


@dataclass(frozen=True)
class Restored:
    """What somebody had typed: the raw values of the form, and its key, so that it is still posted only once."""

    values: dict[str, str]
    key: str
    #: The names of the fields in which people type, of the form as it was.
    words: Sequence[str] = ()


def seal(ticket: Ticket, data: QueryDict) -> SealedPost:
    """Keep the posted `data` for the writer of `ticket`. Nobody can open it without the key in the settings."""
    row = SealedPost(user_id=ticket.user, place=ticket.place or None, created_at=timezone.now())
    values = {name: data[name] for name in data if name not in _NOT_KEPT and not name.startswith(UNKEPT)}
    found = {"kind": ticket.kind, "object_id": ticket.object_id, "key": ticket.key}
    text = json.dumps({**found, "values": values, "words": ticket.words or ()})
    nonce = os.urandom(12)
    row.sealed = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), _bound_to(row))
    row.save(force_insert=True)
    # A form can be sent again and again by whoever has it: no more is kept than somebody could have open.
    too_many = SealedPost.objects.filter(user_id=ticket.user).order_by("-created_at").values_list("pk", flat=True)
    SealedPost.objects.filter(pk__in=list(too_many[MOST:])).delete()
    return row


def unseal(user: Any, pk: str, kind: str, object_id: Any) -> Restored | None:
    """Return what `user` had typed in the form for `kind` and `object_id`.

    None for another person or another form, after 30 minutes, or when a byte was changed. The row stays until it is
    purged: a reload must give the text again.
    """
    try:
        row = SealedPost.objects.get(pk=uuid.UUID(pk), user=user, created_at__gt=timezone.now() - LIFETIME)
    except (SealedPost.DoesNotExist, ValueError):
        return None
    nonce, text = bytes(row.sealed[:12]), bytes(row.sealed[12:])
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            found = json.loads(_cipher(key).decrypt(nonce, text, _bound_to(row)))
        except InvalidTag:
            continue
        if (found["kind"], found["object_id"]) == (kind, str(object_id)):
            return Restored(found["values"], found["key"], found.get("words", ()))
    return None


def _cipher(key: str | bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"groupspace.text.sealed").derive(force_bytes(key))
    return ChaCha20Poly1305(derived)


def _bound_to(row: SealedPost) -> bytes:
    return f"groupspace_text.sealedpost.sealed:{row.user_id}:{row.pk}".encode()
