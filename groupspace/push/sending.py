"""Sending one sign to one browser. Loaded by the worker that sends alone: it brings a second web client along."""

from __future__ import annotations

import logging
from email.utils import parseaddr
from typing import Any

import requests
from django.conf import settings
from pywebpush import WebPushException, webpush

from groupspace.push import keys
from groupspace.push.actions import is_service
from groupspace.push.conf import push_conf
from groupspace.push.models import Device

logger = logging.getLogger(__name__)
#: All that is ever sent: the words a person sees stand in the service worker.
WORD = "1"
TIMEOUT = 10
#: How long a push service keeps it for a device that is off.
KEEP = 24 * 60 * 60
GONE = {404, 410}


class _Straight(requests.Session):
    """Follows nobody to another address, and reads no settings of the machine."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def post(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().post(*args, **{**kwargs, "allow_redirects": False})


def send(device_id: str) -> bool:
    """Send a sign; a browser that is gone is forgotten. Returns whether the service took it.

    Raises PushFailed for what may go well later, so that it is tried again.
    """
    device, vapid = Device.objects.filter(pk=device_id).first(), keys.private()
    if device is None or vapid is None:
        return False
    if not is_service(device.endpoint):  # the settings changed
        device.delete()
        return False
    try:
        with _Straight() as session:
            webpush(
                {"endpoint": device.endpoint, "keys": {"p256dh": device.public_key, "auth": device.secret}},
                WORD,
                vapid_private_key=vapid,
                vapid_claims={"sub": _contact()},
                ttl=KEEP,
                timeout=TIMEOUT,
                headers={"Topic": "nieuw", "Urgency": "normal"},  # a newer one takes the place of one that waits
                requests_session=session,
            )
    except WebPushException as error:
        status = error.response.status_code if error.response is not None else 0
        if status in GONE:
            device.delete()
        elif status == 429 or status >= 500 or not status:
            raise PushFailed(status) from None
        else:
            logger.warning("a push service refused a sign: %s", status)
        return False
    except requests.RequestException as error:
        raise PushFailed(type(error).__name__) from None  # its text holds the address of the browser
    return True


def _contact() -> str:
    """Where the push service can write: the only thing it learns about who runs this site."""
    given = push_conf().CONTACT or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return given if ":" in given else f"mailto:{given}"


class PushFailed(Exception):
    """A push service could not be reached, or is too busy."""
