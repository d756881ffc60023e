"""Asks ClamAV's daemon about a file, when the host has one. When it does not answer, the file is not taken in."""

from __future__ import annotations

import logging
import socket
import struct
from typing import IO

from groupspace.storage.conf import storage_conf
from groupspace.storage.refusals import NO_SCANNER, VIRUS, refusal

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 60


def scan(file: IO[bytes]) -> None:
    """Raise ValidationError for a file with a virus, and for one that could not be looked at."""
    address = storage_conf().CLAMD
    if not address:
        return
    try:
        answer = _ask(address, file)
    except (OSError, ValueError):
        logger.exception("The virus scanner does not answer: no file is taken in.")
        raise refusal(NO_SCANNER, "scanner") from None
    if answer.endswith("FOUND"):
        raise refusal(VIRUS, "virus")
    if answer != "stream: OK":
        logger.error("The virus scanner could not judge a file; look at its limits of size.")
        raise refusal(NO_SCANNER, "scanner")


def _ask(address: str, file: IO[bytes]) -> str:
    """What clamd says about the bytes (its INSTREAM command)."""
    with _connected(address) as link:
        link.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            link.sendall(struct.pack("!L", len(chunk)) + chunk)
        link.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < 1000 and (part := link.recv(1000)):
            answer += part
    return answer.rstrip(b"\0").decode("ascii", "replace").strip()


def _connected(address: str) -> socket.socket:
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(TIMEOUT_SECONDS)
    try:
        link.connect(address)
    except OSError:
        link.close()
        raise
    return link
