"""Settings of the forum: the key `FORUM` of the host's `GROUPSPACE`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from groupspace.conf import conf


@dataclass(frozen=True)
class ForumConf:
    """The settings a host can change."""

    #: How long after posting people can still change their own words.
    EDIT_WINDOW: timedelta = timedelta(hours=24)
    #: Letters in one post.
    POST_LENGTH: int = 10_000
    #: Topics that can be pinned in one space; all of them stand on the first page.
    MAX_PINNED: int = 5


def forum_conf() -> ForumConf:
    """Read the host's settings. Raises TypeError for a key that does not exist."""
    return ForumConf(**conf.FORUM)
