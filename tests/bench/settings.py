"""Production, but one account may post as often as the load asks for."""

from datetime import timedelta

from config.settings.production import *  # noqa: F403  every setting but one
from config.settings.production import GROUPSPACE
from groupspace.conf import Pace

GROUPSPACE = {**GROUPSPACE, "POSTS": Pace(times=10**9, within=timedelta(minutes=10))}
