"""Loads the Dutch demo content and its accounts, or takes them away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from config import demo
from config.checks import demo_accounts


class Command(BaseCommand):
    help = "Loads the demo: pages, groups, conversations and accounts. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--purge", action="store_true", help="remove the demo, and what was written in its groups")

    def handle(self, *args: Any, purge: bool, verbosity: int, **options: Any) -> None:
        if purge:
            demo.purge()
            self.stdout.write("The demo is gone.")
            return
        refuse_where_people_live()
        demo.load()
        if verbosity:
            self.explain()

    def explain(self) -> None:
        """Say how to log in: one account of each role."""
        first: dict[str, dict[str, str]] = {}
        for account in demo_accounts():
            first.setdefault(account["role"], account)
        self.stdout.write(f"The demo is loaded. Log in: {settings.SITE_URL}/account/login/\n\n")
        for role, account in first.items():
            second = "+ code" if account["totp_secret"] else ""
            self.stdout.write(f"  {role:<15} {account['username']:<20} {account['password']:<30} {second}".rstrip())
        self.stdout.write("\nA code: manage.py totp LOG-IN-NAME. All accounts: fixtures/demo_accounts.json.")


def refuse_where_people_live() -> None:
    """Raises CommandError where everybody would know the passwords of accounts on a real site."""
    if getattr(settings, "PRODUCTION", False):
        raise CommandError("The demo is never loaded in production: everybody knows the passwords of its accounts.")
    if not (settings.DEBUG or getattr(settings, "DEMO_ALLOWED", False)):
        raise CommandError("The demo is loaded only where the setting DEMO_ALLOWED is True, as in config.settings.dev.")
