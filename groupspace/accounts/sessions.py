"""The session engine: Django's own database sessions in our table, which also knows whose session it is.

What the list of sessions shows is derived from the session's data at every save, so there is one truth.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.accounts.models import Session

#: The part of the session's data that is ours; see `groupspace.accounts.session`.
DATA = "gs"


class SessionStore(DatabaseStore):
    """Set `SESSION_ENGINE = "groupspace.accounts.sessions"`."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        from groupspace.accounts.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        found = _data.rows(self.session_key, timezone.now())
        if not found:
            self._session_key = None  # a key of nobody's is not taken over from a browser
            return {}
        return self.decode(found[0][0])

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        ours = data.get(DATA, {})
        if SESSION_KEY in data and ours:
            row.user_id = row._meta.get_field("user").target_field.to_python(data[SESSION_KEY])
            row.public_id = uuid.UUID(ours["id"])
            row.created_at = datetime.fromtimestamp(ours["since"], UTC)
            row.last_seen = datetime.fromtimestamp(ours["seen"], UTC)
            row.shared = ours["shared"]
            row.label = ours["label"]
        return row


def _data_of(key: str, now: datetime) -> QuerySet[Any, Any]:
    alive = SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)
    return alive.values_list("session_data")


_data = Prepared(_data_of)  # every page asks it
