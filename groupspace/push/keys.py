"""The pair of keys by which push services know this site. Made once; the private half never leaves its file."""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from py_vapid import Vapid

from groupspace.push.conf import push_conf


def make() -> bool:
    """Make the keys when there are none; return whether they were made.

    Raises FileNotFoundError when the settings name no file.
    """
    if not (given := push_conf().KEY_FILE):
        raise FileNotFoundError("GROUPSPACE['PUSH']['KEY_FILE'] names no file.")
    path = Path(given)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:  # of two processes one makes it
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    return True


def private() -> Vapid | None:
    """What signs; None when no keys were made: then there is no push."""
    given = push_conf().KEY_FILE
    return _read(str(given), Path(given).stat().st_mtime_ns) if given and Path(given).is_file() else None


@lru_cache(maxsize=1)
def _read(path: str, _changed: int) -> Vapid:
    return Vapid.from_pem(Path(path).read_bytes())


def public() -> str:
    """What browsers ask for, in their own writing; empty when there are no keys."""
    vapid = private()
    if vapid is None:
        return ""
    raw = vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
