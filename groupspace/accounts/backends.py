"""Who is behind a session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from groupspace.prepared import Prepared

#: Stands in AUTHENTICATION_BACKENDS, and in the session of who is logged in.
NAME = "groupspace.accounts.backends.AccountBackend"


class AccountBackend(ModelBackend):
    """Django's own, but for the question that every page asks: it is put into SQL once."""

    def get_user(self, user_id: Any) -> Any:
        # During the steps of the log-in the id comes as text.
        user = _user.first(get_user_model()._meta.pk.to_python(user_id))
        return user if user and self.user_can_authenticate(user) else None


def _user_with(pk: Any) -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(pk=pk)


_user = Prepared(_user_with)
