"""The links in mail that prove who got it: signed, without an address in them, and nothing is stored for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .conf import newsletter_conf

if TYPE_CHECKING:
    from .models import Subscriber

PARAMETER = "c"  # in the query string: that part of an address is not logged

_confirmation = signing.TimestampSigner(salt="knowledgebase.newsletter.confirm", sep=".")
_farewell = signing.Signer(salt="knowledgebase.newsletter.leave", sep=".")


class BadLink(Exception):
    """The link is not one of ours, or not all of it was copied."""


class OldLink(Exception):
    """The link was ours, and its time is over."""


def on_site(path: str) -> str:
    """The full address of a path on this site, for in a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def confirm_link(subscriber: Subscriber) -> str:
    """The link with which someone says: yes, that address is mine."""
    return _link("knowledgebase_newsletter:confirm", _confirmation.sign(subscriber.pk.hex))


def leave_link(subscriber: Subscriber) -> str:
    """The link that ends a subscription. It works without logging in, and for as long as the subscription lasts."""
    return _link("knowledgebase_newsletter:leave", _farewell.sign(subscriber.pk.hex))


def read_confirmation(code: str) -> UUID:
    """Whose subscription the code confirms. Raises OldLink, BadLink."""
    try:
        return UUID(_confirmation.unsign(code, max_age=newsletter_conf().CONFIRM_WITHIN))
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error


def read_farewell(code: str) -> UUID:
    """Whose subscription the code ends. Raises BadLink."""
    try:
        return UUID(_farewell.unsign(code))
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error


def _link(name: str, code: str) -> str:
    return on_site(f"{reverse(name)}?{urlencode({PARAMETER: code})}")
