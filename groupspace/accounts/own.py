"""What log-in keeps of an account, for "Mijn gegevens". Secrets that open the account are never in it."""

from __future__ import annotations

from typing import Any

from groupspace.accounts.models import AccountSettings, Session


def chosen(user: Any) -> list[dict[str, Any]]:
    """Language and time zone."""
    return [{"taal": one.language, "tijdzone": one.time_zone} for one in AccountSettings.objects.filter(user=user)]


def sessions(user: Any) -> list[dict[str, Any]]:
    """Where somebody is logged in."""
    return [
        {
            "browser": one.label,
            "ingelogd": one.created_at.isoformat(),
            "laatst gezien": one.last_seen.isoformat(),
            "gedeelde computer": one.shared,
        }
        for one in Session.objects.filter(user=user).order_by("created_at")
    ]
