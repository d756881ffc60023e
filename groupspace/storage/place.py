"""Where the files stand: a folder of our own, or what the host names "private" in STORAGES."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage, storages

from groupspace.storage.conf import storage_conf


class PrivateStorage(FileSystemStorage):
    """A folder of which nothing has an address."""

    def url(self, name: str | None) -> str:
        raise ValueError("A file of a member has no address; a view that asked the policy sends it.")


def private() -> Storage:
    """The storage. Raises ImproperlyConfigured when the host gave no place."""
    if "private" in settings.STORAGES:
        return storages["private"]
    conf = storage_conf()
    if not conf.DIR:
        raise ImproperlyConfigured('Give GROUPSPACE["STORAGE"]["DIR"]: a folder outside MEDIA_ROOT.')
    # nginx reads as another user, of our group.
    file_mode, folder_mode = (0o640, 0o750) if conf.ACCEL else (0o600, 0o700)
    return PrivateStorage(location=conf.DIR, file_permissions_mode=file_mode, directory_permissions_mode=folder_mode)
