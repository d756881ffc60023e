"""Settings of push: the key `PUSH` of the host's `GROUPSPACE`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from groupspace.conf import conf


@dataclass(frozen=True)
class PushConf:
    """The settings a host can change."""

    #: The key that this site signs with. `manage.py push_keys` makes it; without it there is no push.
    KEY_FILE: Path | str = ""
    #: Where the makers of browsers can write when something is wrong: an e-mail address, or that of a page.
    CONTACT: str = ""
    #: The only servers that are ever called: the push services of the makers of browsers. A star is any subdomain.
    SERVICES: tuple[str, ...] = (
        "https://fcm.googleapis.com",
        "https://updates.push.services.mozilla.com",
        "https://*.push.apple.com",
        "https://*.notify.windows.com",
    )


def push_conf() -> PushConf:
    """Read the host's settings. Raises TypeError for a key that does not exist."""
    return PushConf(**conf.PUSH)
