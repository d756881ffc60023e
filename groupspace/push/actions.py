"""Switching push on and off for one browser, and asking for a sign."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groupspace.push.conf import push_conf
from groupspace.push.models import Device

#: Browsers of one person: far more than anybody has.
MOST = 20
_UNKNOWN = _("Deze browser kan geen berichten krijgen van deze site.")


@transaction.atomic
def switch_on(user_id: Any, *, endpoint: str, public_key: str, secret: str) -> Device:
    """Remember a browser. The same browser in the hands of another account belongs to that one from now on.

    Raises ValidationError for an address that belongs to no push service we know, and for keys that are none.
    """
    if not is_service(endpoint) or len(endpoint) > 1000 or not _are_keys(public_key, secret):
        raise ValidationError(_UNKNOWN)
    device, _created = Device.objects.update_or_create(
        endpoint=endpoint, defaults={"user_id": user_id, "public_key": public_key, "secret": secret}
    )
    kept = Device.objects.filter(user=user_id).order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST]
    Device.objects.filter(user=user_id).exclude(pk__in=list(kept)).delete()
    return device


def switch_off(user_id: Any, *, endpoint: str = "") -> int:
    """Forget one browser of an account, or all of them; return how many."""
    found = Device.objects.filter(user=user_id)
    return (found.filter(endpoint=endpoint) if endpoint else found).delete()[0]


def with_devices() -> Any:
    """The accounts that switched it on somewhere, as a part of another question."""
    return Device.objects.values("user")


def send_to(user_id: Any) -> None:
    """Send a sign to every browser of an account, after the transaction, by the worker."""
    from groupspace.push.tasks import send

    for pk in Device.objects.filter(user=user_id).values_list("pk", flat=True):
        send.enqueue(str(pk))


def is_service(endpoint: str) -> bool:
    """Whether an address belongs to a push service in the settings: nobody makes this server call another."""
    try:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return False
    if parts.username or parts.password:
        return False
    return any(_matches(origin, service) for service in push_conf().SERVICES)


def _matches(origin: str, service: str) -> bool:
    scheme, star, domain = service.partition("*")
    if not star:
        return origin == service
    host = origin.removeprefix(scheme)
    return origin.startswith(scheme) and host.endswith(domain) and host != domain


def _are_keys(public_key: str, secret: str) -> bool:
    try:
        point, shared = _raw(public_key), _raw(secret)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, binascii.Error):
        return False
    return len(point) == 65 and len(shared) == 16


def _raw(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
