"""The site as `make serve` runs it, but one account may post as fast as it can."""

from datetime import timedelta

from config.settings.dev import *  # noqa: F403  every setting but one
from config.settings.dev import GROUPSPACE
from groupspace.conf import Pace

GROUPSPACE = {**GROUPSPACE, "POSTS": Pace(times=10**9, within=timedelta(minutes=10))}
