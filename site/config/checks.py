"""What must be true of the data before the site may start for real people."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

REFUSAL = (
    "Demo accounts are in this database and everybody knows their passwords: remove them with "
    "`manage.py load_demo --purge`, or use a new database."
)


def demo_accounts() -> list[dict[str, str]]:
    """Return the published demo accounts, or nothing where the file is not shipped."""
    path = settings.REPO_DIR / "fixtures" / "demo_accounts.json"
    return json.loads(path.read_text()) if path.exists() else []


def has_demo_accounts() -> bool:
    """Tell whether one of the published demo accounts can log in here with its published password."""
    if get_user_model()._meta.db_table not in connection.introspection.table_names():
        return False  # before the first `migrate`, which runs the checks too
    known = {account["username"].lower(): account["password"] for account in demo_accounts()}
    users = get_user_model()._default_manager.filter(username__in=known).only("username", "password")
    return any(check_password(known[user.get_username().lower()], user.password) for user in users)


@register(Tags.database)
def check_demo_accounts(databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report demo accounts in production."""
    if not (databases and getattr(settings, "PRODUCTION", False) and has_demo_accounts()):
        return []
    return [Error(REFUSAL, id="project.E001")]


def refuse_demo_accounts() -> None:
    """Stop a production web server that would serve demo accounts; called by config.wsgi and config.asgi.

    Raises ImproperlyConfigured with one sentence.
    """
    if getattr(settings, "PRODUCTION", False) and has_demo_accounts():
        raise ImproperlyConfigured(REFUSAL)
