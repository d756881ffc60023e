"""Reads one mail that came back: `kring bounce < message`, for a pipe of the mail server."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand

from groupspace.notify import bounces


class Command(BaseCommand):
    help = "Reads one message from standard input; an address of which it says that it does not work gets no more."

    def handle(self, *args: Any, **options: Any) -> None:
        """Always ends well: a mail server that hears of a fault would send the message back once more."""
        bounces.take_in(sys.stdin.buffer.read(bounces.MOST_BYTES))
