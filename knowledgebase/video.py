"""Which film an address stands for. Nothing is asked of anybody: the address says it all.

groupspace/links/films.py answers the same for members' links: the two packages know nothing of each other.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _


class Film(NamedTuple):
    """A film on another site.

    Attributes:
        where: the name of that site, for people.
        watch: its page, for who has no JavaScript or rather goes there.
        embed: the address that a frame shows, without cookies as far as that site offers it.
        origin: scheme and host of `embed`, which the browser must allow.
    """

    where: str
    watch: str
    embed: str
    origin: str


YOUTUBE_ID = re.compile(r"[\w-]{11}")
VIMEO_PATH = re.compile(r"/(?:video/)?(\d{6,12})(?:/([0-9a-f]{6,20}))?/?")
PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{8,64})/?")
HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

UNKNOWN = _(
    "Dit is geen adres van een film op YouTube, Vimeo of PeerTube. Kopieer het adres uit de balk van je browser. "
    "Of kies een eigen bestand."
)


def find_film(address: str) -> Film | None:
    """The film at this address; None when it is none that we know how to show."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # a port that is no number, or half of an IPv6 address
        return None
    if parts.scheme != "https" or not HOST.fullmatch(host) or port not in (None, 443):
        return None
    bare = host.removeprefix("www.").removeprefix("m.")
    if bare in ("youtube.com", "youtu.be", "youtube-nocookie.com"):
        return youtube(bare, parts.path, parts.query)
    if bare in ("vimeo.com", "player.vimeo.com"):
        return vimeo(parts.path, parts.query)
    if found := PEERTUBE_PATH.fullmatch(parts.path):
        key, origin = found[1], f"https://{host}"
        return Film(host, f"{origin}/w/{key}", f"{origin}/videos/embed/{key}?p2p=0", origin)
    return None


def youtube(host: str, path: str, query: str) -> Film | None:
    """A film on YouTube, on its own domain for who does not want cookies."""
    first, _slash, rest = path.strip("/").partition("/")
    if host == "youtu.be":
        key = first
    elif first in ("embed", "shorts", "live"):
        key = rest
    else:
        key = parse_qs(query).get("v", [""])[0]
    if not YOUTUBE_ID.fullmatch(key):
        return None
    origin = "https://www.youtube-nocookie.com"
    return Film("YouTube", f"https://www.youtube.com/watch?v={key}", f"{origin}/embed/{key}?autoplay=1&rel=0", origin)


def vimeo(path: str, query: str) -> Film | None:
    """A film on Vimeo, asked not to track ("dnt")."""
    found = VIMEO_PATH.fullmatch(path)
    if not found:
        return None
    key, secret = found[1], found[2] or parse_qs(query).get("h", [""])[0]
    if secret and not re.fullmatch(r"[0-9a-f]{6,20}", secret):
        return None
    origin = "https://player.vimeo.com"
    more = f"&h={secret}" if secret else ""
    watch = f"https://vimeo.com/{key}" + (f"/{secret}" if secret else "")
    return Film("Vimeo", watch, f"{origin}/video/{key}?autoplay=1&dnt=1{more}", origin)
