"""Fills a throw-away database, to measure with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from config import bulk
from groupspace.models import Space


class Command(BaseCommand):
    help = "Fills a throw-away database with 500 groups, 5,000 people and 200,000 posts. Nothing takes them out again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="0.01 for one per cent of it")
        parser.add_argument("--yes", action="store_true", help="also beside groups that are there, not in production")

    def handle(self, *args: Any, scale: float, yes: bool, verbosity: int, **options: Any) -> None:
        if scale <= 0:
            raise CommandError("The scale is more than 0.")
        if Space.objects.exists() and (not yes or getattr(settings, "PRODUCTION", False)):
            raise CommandError("There are groups in this database, and nothing would take out again what comes now.")
        bulk.load(scale)
        if verbosity:
            self.stdout.write("Done. Nobody can log in with these accounts.")
