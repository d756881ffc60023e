"""Gives the code of the moment for a demo account, as an authenticator app on a phone would."""

from __future__ import annotations

import base64
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django_otp.oath import TOTP

from config.checks import demo_accounts


class Command(BaseCommand):
    help = "Prints the code for the second log-in step of a demo account."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        if getattr(settings, "PRODUCTION", False):
            raise CommandError("There are no demo accounts in production.")
        secrets = {account["username"]: account.get("totp_secret") for account in demo_accounts()}
        secret = secrets.get(username)
        if not secret:
            names = ", ".join(name for name, value in secrets.items() if value)
            raise CommandError(f"{username} is no demo account with a second step. Those are: {names}.")
        key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        left = 30 - int(time.time()) % 30
        self.stdout.write(f"{TOTP(key).token():06d}   (valid for {left} more seconds; each code works once)")
