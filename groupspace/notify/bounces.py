"""Refusals that come back as mail (RFC 3464), after the mail server took a message at first.

Anybody can send such a mail. So nothing in it is believed but a Message-ID that we made: it is random, stands in no
page and is kept for some days. The address that counts is the one we sent that message to, as far as we still know it.
"""

from __future__ import annotations

import logging
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from groupspace.notify import delivery
from groupspace.notify.models import Mail

logger = logging.getLogger(__name__)
#: A report is small; what returns a whole mailbox is none.
MOST_BYTES = 1_000_000
#: Permanent, about the address or the mailbox (RFC 3463): not about this one message, its size or its content.
_ABOUT_THE_ADDRESS = ("5.1.", "5.2.1")


def take_in(content: bytes) -> bool:
    """Read one message; return whether it told that an address of ours does not work.

    Args:
        content: the message as the mail server passes it on. Whatever it is, nothing is raised for it.
    """
    report = message_from_bytes(content[:MOST_BYTES], policy=policy.compat32)
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return False
    refused = _refused(report)
    mails = Mail.objects.filter(message_id__in=_returned_ids(report)).exclude(recipient_hash="")
    found = [mail for mail in mails if mail.recipient_hash in {Mail.hash_of(address) for address in refused}]
    for mail in found:
        address = next(address for address in refused if Mail.hash_of(address) == mail.recipient_hash)
        logger.warning("mail %s came back: its address does not work", mail.pk)
        delivery.tell_refused(address)
    return bool(found)


def _refused(report: Message) -> set[str]:
    """The addresses of which the report says that they do not work."""
    blocks = [
        block for part in report.walk() if part.get_content_type() == "message/delivery-status" for block in part.walk()
    ]
    return {
        str(block.get(field, "")).rpartition(";")[2].strip().strip("<>")
        for block in blocks
        for field in ("Final-Recipient", "Original-Recipient")
        if str(block.get("Action", "")).strip().lower() == "failed"
        and str(block.get("Status", "")).strip().startswith(_ABOUT_THE_ADDRESS)
        and block.get(field)
    }


def _returned_ids(report: Message) -> list[str]:
    """The Message-ID of what came back, whole or its headers alone; never that of the report itself."""
    found: list[Message] = []
    for part in report.walk():
        sort = part.get_content_type()
        payload: Any = part.get_payload()
        if sort == "text/rfc822-headers":
            headers: Any = part.get_payload(decode=True)
            found.append(message_from_bytes(headers or b""))
        elif sort == "message/rfc822" and isinstance(payload, list):
            found.append(payload[0])
    return [str(one["Message-ID"]).strip() for one in found if one.get("Message-ID")][:5]
