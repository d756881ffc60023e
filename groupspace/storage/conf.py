"""Settings of the storage: the key `STORAGE` of the host's `GROUPSPACE`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from groupspace.conf import conf


@dataclass(frozen=True)
class StorageConf:
    """The settings a host can change."""

    #: Where files are kept: outside MEDIA_ROOT and STATIC_ROOT. Not asked when STORAGES has a "private".
    DIR: Path | str = ""
    #: Bytes in one file.
    MAX_SIZE: int = 25_000_000
    #: Bytes that all files of one space may take together.
    SPACE_SIZE: int = 2_000_000_000
    #: Pixels in one picture, before it is made smaller.
    MAX_PIXELS: int = 24_000_000
    #: The longest side that a picture keeps, and that of its thumbnail.
    LONGEST_SIDE: int = 2560
    THUMBNAIL_SIDE: int = 480
    #: Address inside nginx that stands for DIR, such as "/_private/": nginx sends the file. Empty: we do it ourselves.
    ACCEL: str = ""
    #: ClamAV's daemon: "/run/clamav/clamd.ctl" or "host:3310". Empty: no scan.
    CLAMD: str = ""
    #: How long a file waits for the message that it was meant for.
    WAITING: timedelta = timedelta(days=1)


def storage_conf() -> StorageConf:
    """Read the host's settings. Raises TypeError for a key that does not exist."""
    return StorageConf(**conf.STORAGE)
