"""The settings of accounts: the key `ACCOUNTS` of `GROUPSPACE`, with typed defaults here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from groupspace.conf import Pace, conf


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without anything being done, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class AccountConf:
    """What a host can change about accounts; every field is a key of `GROUPSPACE["ACCOUNTS"]`."""

    #: People who take part.
    CLIENT: Limits = Limits(idle=timedelta(hours=2), absolute=timedelta(hours=24))
    #: People for whom the second step is required: facilitators, professionals, staff.
    STAFF: Limits = Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    #: Whoever said that others use this computer too.
    SHARED: Limits = Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=4))
    #: last_seen is written at most this often, and what a session knows of its person is that old at most.
    TOUCH_EVERY: timedelta = timedelta(minutes=5)
    #: For so long after typing the password, the second step can be set up without typing it again.
    FRESH: timedelta = timedelta(minutes=10)
    #: Last parts of URL names that the browser calls by itself: they do not count as doing something.
    SILENT_URLS: tuple[str, ...] = ("draft-save",)
    #: Wrong tries for one name from one address, or for the code of one account, before one has to wait.
    TRIES: int = 5
    #: Wrong tries from one address for all names together.
    TRIES_PER_ADDRESS: int = 60
    #: New accounts from one address. A class or a library has one address for all: it waits minutes, not an hour.
    SIGN_UPS_PER_ADDRESS: Pace = Pace(times=20, within=timedelta(minutes=15))  # noqa: RUF009  frozen
    #: How long one has to wait after wrong tries.
    WAIT: timedelta = timedelta(minutes=15)
    #: Traces of wrong tries are deleted after this.
    KEEP_TRIES: timedelta = timedelta(days=1)
    #: Addresses of trusted proxies in front of the site that each add one address to X-Forwarded-For.
    PROXIES: int = 0
    RESET_LIFETIME: timedelta = timedelta(hours=2)
    EMAIL_LIFETIME: timedelta = timedelta(hours=24)
    INVITATION_LIFETIME: timedelta = timedelta(hours=72)
    #: What authenticator apps show above the code.
    ISSUER: str = "Kring"


def accounts_conf() -> AccountConf:
    """Read the settings. Raises TypeError for a key that does not exist."""
    return AccountConf(**conf.ACCOUNTS)
