"""Prints the page that the web server in front shows while the site does not answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.management.base import BaseCommand

from theme.errors import broken


class Command(BaseCommand):
    help = "Print the page for when the site does not answer: manage.py error_page > /var/lib/kring/503.html"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(broken(HTTPStatus.SERVICE_UNAVAILABLE).content.decode())
