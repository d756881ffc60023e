"""The signed hidden field of every form in which people write: whose form it is, where it stands, what it is for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing

FIELD = "gs-ticket"
#: A field whose name begins with this is kept nowhere: not as a draft, and not after a lost log-in.
UNKEPT = "unkept_"
_SALT = "groupspace.text.ticket"


@dataclass(frozen=True)
class Ticket:
    """One rendering of one form.

    user: the primary key of its writer, as text.  path: the page on which the form stands.
    kind, object_id: what is being written (the key of the draft).  key: makes a second sending harmless.
    place: the space in which it is written, as text; empty when it is none.
    words: the names of the fields in which people type; None when nobody said.
    """

    user: str
    path: str
    kind: str
    object_id: str
    place: str = ""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    words: Sequence[str] | None = None

    def __str__(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT)

    def belongs_to(self, user: Any) -> bool:
        """Whether `user` is logged in and is the person for whom the form was made."""
        return user.is_authenticated and str(user.pk) == self.user


def read(data: Mapping[str, str]) -> Ticket | None:
    """Return the ticket in posted `data`, or None when there is none or somebody changed it."""
    try:
        return Ticket(**signing.loads(data.get(FIELD, ""), salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
