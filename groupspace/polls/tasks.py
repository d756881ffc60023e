"""The periodic job of polls."""

from __future__ import annotations

from datetime import timedelta

from groupspace.notify import periodic
from groupspace.polls import actions

periodic.register("polls.end", every=timedelta(minutes=5), function=actions.end_due)
