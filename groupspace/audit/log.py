"""Writing to the access log, and proving that nobody changed it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from groupspace.audit.models import Entry, Head
from groupspace.conf import conf

if TYPE_CHECKING:
    from uuid import UUID

#: Name of the chain for events outside any space.
SITE = "site"
_HASHED = (
    "chain",
    "number",
    "at",
    "event",
    "actor",
    "on_behalf_of",
    "object_type",
    "object_id",
    "authorisation",
    "break_glass",
)


@transaction.atomic
def record(
    event: str,
    *,
    actor: str,
    space_id: UUID | None = None,
    obj: Any = None,
    authorisation: str = "",
    on_behalf_of: str = "",
    break_glass: bool = False,
) -> Entry:
    """Append one entry, in the transaction of whatever it reports.

    Args:
        event: a short constant such as "member.admitted"; never content.
        actor: "member:<id>", "user:<key>" or "system".
        space_id: the space it happened in; None for the site's own chain.
        obj: the model instance it was about; only its type and key are kept.
        authorisation: the permission or role that allowed it.
        on_behalf_of: for whom the actor acted, in the same notation.
        break_glass: emergency access.
    """
    chain = str(space_id or SITE)
    Head.objects.get_or_create(chain=chain)
    head = Head.objects.select_for_update().get(chain=chain)
    entry = Entry(
        chain=chain,
        number=head.number + 1,
        at=timezone.now(),
        event=event,
        actor=actor,
        on_behalf_of=on_behalf_of,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        authorisation=authorisation,
        break_glass=break_glass,
    )
    entry.hash = head.hash = seal(entry, head.hash)
    head.number = entry.number
    entry.save(force_insert=True)
    head.save(update_fields=["number", "hash"])
    return entry


def seal(entry: Entry, previous: str) -> str:
    """HMAC-SHA256 over the previous hash and the entry as canonical JSON, with a key outside the database."""
    facts = {name: str(getattr(entry, name)) for name in _HASHED}
    facts["at"] = entry.at.astimezone(UTC).isoformat()
    text = previous + json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hmac.new(conf.key("audit"), text.encode(), hashlib.sha256).hexdigest()


def problems(anchors: dict[str, tuple[int, str]] | None = None) -> Iterator[str]:
    """Walk all chains and name each change, gap, swap or cut-off tail.

    Args:
        anchors: the last known (number, hash) per chain from outside the database; shows a tail that was cut off.
    """
    anchors = anchors or {}
    for head in Head.objects.order_by("chain").iterator():
        number, previous, anchor = 0, "", anchors.get(head.chain)
        for entry in Entry.objects.filter(chain=head.chain).order_by("number").iterator():
            number += 1
            if entry.number != number:
                yield f"{head.chain}: entry {number} is missing."
                number = entry.number
            if entry.hash != seal(entry, previous):
                yield f"{head.chain}: entry {number} was changed."
            previous = entry.hash
            if anchor and anchor[0] == number and anchor[1] != entry.hash:
                yield f"{head.chain}: entry {number} differs from the anchor."
        if (number, previous) != (head.number, head.hash):
            yield f"{head.chain}: the chain ends at {number}, its head says {head.number}."
        if anchor and number < anchor[0]:
            yield f"{head.chain}: the anchor knows {anchor[0]} entries, {number} are left."
    for chain in anchors.keys() - set(Head.objects.values_list("chain", flat=True)):
        yield f"{chain}: the anchor knows this chain, the database does not."
