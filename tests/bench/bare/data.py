"""Prepares the bare project: tables, one account, one session. Prints the target as JSON."""

from __future__ import annotations

import json

import django

if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0, interactive=False)
    user, _created = get_user_model().objects.get_or_create(username="bench")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert client.get("/session/").content == b"hello, bench"
    print(
        json.dumps([{"name": "bare", "paths": ["/session/"], "headers": {"Cookie": cookie}, "expect": "hello, bench"}])
    )
