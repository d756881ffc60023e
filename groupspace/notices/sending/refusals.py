"""Addresses that a mail server refused for good: no more mail goes there, and its owner is told on the site."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model

from groupspace.notices.models import Delivery
from groupspace.notices.sending.people import hash_of

logger = logging.getLogger(__name__)


def note(address: str) -> None:
    """Remember for every account with this address that it does not work. Of the address a hash is kept."""
    users = get_user_model()._default_manager.filter(email__iexact=address)
    for user in users:
        Delivery.objects.update_or_create(user=user, defaults={"refused": hash_of(address)})
    if users:
        logger.warning("an address of an account does not work, its owner is told on the site")


def is_refused(user_id: Any, address: str) -> bool:
    """Whether mail to this address of this account was refused for good."""
    return bool(address) and Delivery.objects.filter(user=user_id, refused=hash_of(address)).exists()
