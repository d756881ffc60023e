"""Asks another site whether a page is there: politely, not for long, and never anywhere inside our own network.

The name of the site is looked up once, the addresses are judged, and the connection goes to the address that was
judged: a name that points elsewhere a moment later gets nowhere. Each step of a redirect is judged again.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .. import conf
from .models import Problem

#: Seconds for one step of the network; for one whole question, and before the last question of an address.
PATIENCE, LONGEST = 5, 15
MOVES = 5
PORTS = {"http": 80, "https": 443}
#: All addresses of version 6 that lead anywhere, and those that a gateway turns into one of version 4 (RFC 6052).
WORLD, NAT64 = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("64:ff9b::/96")
#: We say who we are, and that we only look whether the page is there.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; KringLinkCheck/1.0)", "Accept": "*/*", "Connection": "close"}
#: Answers to HEAD that say little: some sites do not know it, or refuse it to programs.
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503})


class Refused(Exception):
    """We do not go there."""


def probe(address: str) -> Problem | None:
    """What is wrong with this address on another site; None when a page is there.

    A site that says "not you" (401, 403, 429) has something there. Never raises.
    """
    try:
        status = follow(address)
    except Refused:
        return Problem.REFUSED
    except (socket.gaierror, UnicodeError):
        return Problem.NO_HOST
    except ssl.SSLError:
        return Problem.CERTIFICATE
    except (OSError, http.client.HTTPException, ValueError):
        return Problem.NO_ANSWER
    if status in (404, 410):
        return Problem.NOT_FOUND
    if 300 <= status < 400:
        return Problem.TOO_MANY_MOVES
    return Problem.SERVER_ERROR if status >= 500 else None


def follow(address: str) -> int:
    """The status at the end of the redirects that begin here; a redirect's own status when there are too many."""
    until = time.monotonic() + LONGEST
    for _move in range(MOVES + 1):
        if time.monotonic() > until:
            raise TimeoutError
        status, next_address = ask(address, "HEAD")
        if status in ASK_AGAIN:
            status, next_address = ask(address, "GET")
        if not (300 <= status < 400 and next_address):
            return status
        address = urljoin(address, next_address)
    return status


def ask(address: str, method: str) -> tuple[int, str]:
    """One question: the status, and where it sends us. The answer itself is not read. Raises what went wrong."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused
    sock = connect(parts)
    # A site that sends its answer letter by letter must not hold us.
    limit = threading.Timer(LONGEST, lambda: shut(sock))
    limit.start()
    try:
        with closing(sock):
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            connection = http.client.HTTPConnection(parts.hostname, timeout=PATIENCE)
            connection.sock = sock
            connection.request(method, target_of(parts), headers={**HEADERS, "Host": parts.netloc.rpartition("@")[2]})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
    finally:
        limit.cancel()


def connect(parts: SplitResult) -> socket.socket:
    """A connection to one of the site's addresses, all of which are on the internet. Raises Refused, OSError."""
    port = parts.port or PORTS[parts.scheme]
    inside_is_fine = conf.get("LINKS_PRIVATE_ADDRESSES")
    if port not in PORTS.values() and not inside_is_fine:
        raise Refused
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    if not inside_is_fine and not all(is_public(place[0]) for *_family, place in found):
        raise Refused
    sock = socket.create_connection(found[0][4][:2], timeout=PATIENCE)
    if parts.scheme == "http":
        return sock
    try:
        # Without the handshake: that is a conversation too, and falls under the time limit.
        secure = ssl.create_default_context()
        return secure.wrap_socket(sock, server_hostname=parts.hostname, do_handshake_on_connect=False)
    except BaseException:
        sock.close()
        raise


def is_public(address: str) -> bool:
    """Whether this IP address is out on the internet: not this machine, not our network, not a cloud's own.

    Addresses of version 6 that stand for one of version 4 are judged by that one.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 4:
        return ip.is_global and not ip.is_multicast
    inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)
    return is_public(str(inner)) if inner else ip.is_global and ip in WORLD


def target_of(parts: SplitResult) -> str:
    """Path and query as they go over the line."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else path


def shut(sock: socket.socket) -> None:
    """End a conversation that takes too long."""
    close: Callable[[], None] = sock.close
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        close()
