"""Periodic work for what people write."""

from __future__ import annotations

from datetime import timedelta

from groupspace.notify import periodic
from groupspace.text.purge import purge_text

periodic.register("text.purge", every=timedelta(minutes=10), function=purge_text)
