"""Which film an address stands for. Nothing is asked of anybody: the address says it all.

knowledgebase/video.py answers the same for staff's pages: the two packages know nothing of each other.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Film(NamedTuple):
    """A film on another site.

    Attributes:
        where: the name of that site, for people.
        watch: its page, for who has no JavaScript or rather goes there.
        embed: the address that a frame shows after a click, without cookies as far as that site offers it.
        origin: scheme and host of `embed`, which the browser must allow on that page alone.
        referrer: what the frame tells of us. YouTube shows no film to who does not say on which site it stands.
    """

    where: str
    watch: str
    embed: str
    origin: str
    referrer: str = "no-referrer"


_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d{6,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{8,64})/?")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_SECRET = re.compile(r"[0-9a-f]{6,20}")


def find_film(address: str) -> Film | None:
    """The film at this address; None when it is none that we know how to show."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not _HOST.fullmatch(host) or port not in (None, 443):
        return None
    bare = host.removeprefix("www.").removeprefix("m.")
    if bare in ("youtube.com", "youtu.be", "youtube-nocookie.com"):
        return _youtube(bare, parts.path, parts.query)
    if bare in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts.path, parts.query)
    if found := _PEERTUBE_PATH.fullmatch(parts.path):
        key, origin = found[1], f"https://{host}"
        # "p2p=0": without it, viewers get the film from each other and learn each other's internet address.
        return Film(host, f"{origin}/w/{key}", f"{origin}/videos/embed/{key}?p2p=0&autoplay=1", origin)
    return None


def _youtube(host: str, path: str, query: str) -> Film | None:
    first, _slash, rest = path.strip("/").partition("/")
    if host == "youtu.be":
        key = first
    elif first in ("embed", "shorts", "live"):
        key = rest
    else:
        key = _parameter(query, "v")
    if not _YOUTUBE_ID.fullmatch(key):
        return None
    origin = "https://www.youtube-nocookie.com"
    embed = f"{origin}/embed/{key}?autoplay=1&rel=0"
    return Film("YouTube", f"https://www.youtube.com/watch?v={key}", embed, origin, "strict-origin")


def _vimeo(path: str, query: str) -> Film | None:
    found = _VIMEO_PATH.fullmatch(path)
    if not found:
        return None
    key, secret = found[1], found[2] or _parameter(query, "h")
    if secret and not _SECRET.fullmatch(secret):
        return None
    origin = "https://player.vimeo.com"
    watch = f"https://vimeo.com/{key}" + (f"/{secret}" if secret else "")
    embed = f"{origin}/video/{key}?autoplay=1&dnt=1" + (f"&h={secret}" if secret else "")
    return Film("Vimeo", watch, embed, origin)


def _parameter(query: str, name: str) -> str:
    try:
        return parse_qs(query, max_num_fields=50).get(name, [""])[0]
    except ValueError:
        return ""
