"""Redis goes away and comes back while people read and write: they notice nothing."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from config.caches import REST_SECONDS
from tests.reliability.forms import fields
from tests.running import ACCOUNTS, Site, demo_copy

pytestmark = pytest.mark.host


class Redis:
    """A server of our own, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        where = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        command = ["redis-server", *where, "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("Redis did not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)

    def keys(self) -> int:
        answer = subprocess.run(
            ["redis-cli", "-p", str(self.port), "dbsize"], capture_output=True, text=True, check=True
        )
        return int(answer.stdout)


class Person:
    """Somebody with a browser."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self.opener.open(f"{self.site.url}{path}", timeout=30).read().decode()

    def send(self, path: str, **data: str) -> http.client.HTTPResponse:
        sent = fields(self.get(path)) | data
        return self.opener.open(f"{self.site.url}{path}", urllib.parse.urlencode(sent).encode(), timeout=30)

    def log_in(self, name: str) -> None:
        password = {"auth-username": name, "auth-password": ACCOUNTS[name]["password"]}
        assert "/account/login/" not in self.send("/account/login/", **password).url


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    found = Redis(tmp_path)
    found.start()
    yield found
    found.kill()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, worker_id: str, redis: Redis) -> Iterator[Site]:
    base = tmp_path_factory.getbasetemp()
    var = demo_copy(base if worker_id == "master" else base.parent, tmp_path / "site")
    found = Site(var, REDIS_URL=redis.url)
    found.start()
    yield found
    found.stop()


def test_redis_away_costs_nobody_a_word(site: Site, redis: Redis) -> None:
    ((topic, space),) = site.rows(
        "SELECT id, space_id FROM groupspace_forum_topic WHERE title = 'Koffiehoek: alles behalve piekeren'"
    )
    conversation = f"/groep/{uuid.UUID(space)}/gesprekken/{uuid.UUID(topic)}/"

    def everything(mark: str) -> None:
        """What people do in a minute: read in public, search, log in, read in the group, write there."""
        visitor, member = Person(site), Person(site)
        assert "<h1" in visitor.get("/")
        assert "<h1" in visitor.get("/lees/")
        assert "<h1" in visitor.get("/zoeken/?q=slapen")
        member.log_in("demo-lid")
        assert "<h1" in member.get(f"/groep/{uuid.UUID(space)}/")
        assert mark in member.send(f"{conversation}reageer/", body=mark).read().decode()

    def timed(what: Callable[[], None]) -> float:
        start = time.monotonic()
        what()
        return time.monotonic() - start

    usual = timed(lambda: everything("met redis"))
    assert redis.keys() > 0  # it really was the shared cache

    redis.kill()
    away = timed(lambda: everything("zonder redis"))
    again = timed(lambda: everything("nog steeds zonder"))
    assert min(away, again) < usual + 5, (usual, away, again)

    redis.start()
    assert redis.keys() == 0
    time.sleep(REST_SECONDS + 0.5)
    everything("weer met redis")
    assert redis.keys() > 0

    bodies = [body for (body,) in site.rows("SELECT body FROM groupspace_forum_post WHERE topic_id = ?", topic)]
    for mark in ("met redis", "zonder redis", "nog steeds zonder", "weer met redis"):
        assert sum(f">{mark}<" in body for body in bodies) == 1, mark
