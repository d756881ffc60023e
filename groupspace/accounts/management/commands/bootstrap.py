"""`manage.py bootstrap`: makes the first operator, with a second factor, and the keys for push.

There is no default superuser.
"""

from __future__ import annotations

import os
from getpass import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from groupspace.accounts import factors, recovery


class Command(BaseCommand):
    help = "Make the first operator, with a second factor, and the keys for push. Refuses when there is an operator."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for name and password, or take BOOTSTRAP_USERNAME and BOOTSTRAP_PASSWORD."""
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            raise CommandError("There is an operator already. Operators invite each other in the CMS.")
        username = os.environ.get("BOOTSTRAP_USERNAME") or input("Log-in name: ").strip()
        password = os.environ.get("BOOTSTRAP_PASSWORD") or getpass("Password (at least 15 characters): ")
        user = get_user_model()(username=username)
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        secret = factors.new_secret()
        with transaction.atomic():
            user = users.create_superuser(username, password=password)
            factors.add_totp(user, secret)
            codes = recovery.renew(user)
        self.stdout.write("Put this secret in an authenticator app now; it is shown only once:")
        self.stdout.write(f"  {secret}\n  {factors.otpauth_uri(user, secret)}")
        self.stdout.write("Recovery codes, each for one use:")
        for code in codes:
            self.stdout.write(f"  {code}")
        self._make_push_keys()

    def _make_push_keys(self) -> None:
        """The operator stands already, so what goes wrong here is said and does not undo it."""
        if "push_keys" not in get_commands():  # the app for push is not installed
            return
        try:
            call_command("push_keys", stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(f"No keys for push were made: {error} Later: manage.py push_keys.")
