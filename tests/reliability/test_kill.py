"""Kill -9 at any moment: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import http.client
import os
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from http.cookiejar import CookieJar

import psycopg
import pytest

from tests.counts import FULL, count
from tests.running import ACCOUNTS, Site, demo_copy, load_demo as prepare

SERVER = os.environ.get("DATABASE_URL", "")  # PostgreSQL; empty for SQLite, with its log that a kill may leave behind
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.reliability.settings"}
KILLS = count(reduced=3, full=20)
CLIENTS = ["demo-lid", "demo-lid-02", "demo-lid-03", "demo-lid-04"]
FAILURES = (urllib.error.URLError, http.client.HTTPException, OSError)


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, tmp_path, worker_id: str) -> Iterator[Site]:
    """A site of its own with the demo, on the database of this run."""
    base = tmp_path_factory.getbasetemp()
    if SERVER:
        found = Site(tmp_path, **SETTINGS, DATABASE_URL=new_database())
        prepare(tmp_path, DATABASE_URL=found.extra["DATABASE_URL"])
    else:
        found = Site(demo_copy(base if worker_id == "master" else base.parent, tmp_path / "site"), **SETTINGS)
    found.start()
    yield found
    found.stop()


def new_database() -> str:
    """Make an empty database on the server of this run; return its address."""
    name = f"kill_{uuid.uuid4().hex}"
    with psycopg.connect(connection_string(SERVER), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return f"{SERVER.rpartition('/')[0]}/{name}"


def connection_string(url: str) -> str:
    """The address as the driver wants it: the folder of the socket stands in the path, as Django reads it."""
    socket, _slash, name = url.removeprefix("postgres://kring@/").rpartition("/")
    return f"host={socket} user=kring dbname={name}"


def rows(site: Site, statement: str, *values: object) -> list[tuple]:
    """Read from the site's database, past the site."""
    if not SERVER:
        return site.rows(statement, *values)
    with psycopg.connect(connection_string(site.extra["DATABASE_URL"])) as database:
        return database.execute(statement.replace("?", "%s"), values).fetchall()


class Client(threading.Thread):
    """Posts one reply after another, each until the site says it is there; always with the same form and key."""

    def __init__(self, site: Site, name: str, topic: str) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.topic = topic
        self.acknowledged: list[str] = []
        self.retries = 0
        self.enough = threading.Event()
        self.trouble = ""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.log_in(name)

    def log_in(self, name: str) -> None:
        address = f"{self.site.url}/account/login/"
        data = fields(self.opener.open(address, timeout=30).read().decode())
        data |= {"auth-username": name, "auth-password": ACCOUNTS[name]["password"]}
        answer = self.send(address, data)
        assert "/account/login/" not in answer.url, answer.read().decode()[-2000:]

    def send(self, address: str, data: dict[str, str]) -> http.client.HTTPResponse:
        return self.opener.open(address, urllib.parse.urlencode(data).encode(), timeout=30)

    def again_and_again(self, what) -> object:
        """Try until the site answers."""
        while True:
            try:
                return what()
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise
            except FAILURES:
                pass
            self.retries += 1
            time.sleep(0.2)

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self.post_one()
        except Exception as error:  # noqa: BLE001 told by the test
            self.trouble = repr(error)

    def post_one(self) -> None:
        page = self.again_and_again(lambda: self.opener.open(f"{self.topic}reageer/", timeout=30).read().decode())
        mark = f"zin-{uuid.uuid4().hex}"
        data = fields(page) | {"body": mark}
        answer = self.again_and_again(lambda: self.send(f"{self.topic}reageer/", data))
        assert "#bericht-" in answer.url or "pagina=" in answer.url, answer.url
        self.acknowledged.append(mark)


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form in the page."""
    form = re.search(r'<form class="gs-form.*?</form>', page, re.DOTALL)
    assert form, page[-3000:]
    hidden = (dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", form[0]))
    return {one["name"]: one.get("value", "") for one in hidden if one.get("type") == "hidden"}


@pytest.mark.skipif(bool(SERVER) and not FULL, reason="with PostgreSQL in `make test-full`")
def test_killed_site_loses_and_doubles_nothing(site):
    found = "SELECT id, space_id FROM groupspace_forum_topic WHERE title = 'Koffiehoek: alles behalve piekeren'"
    ((topic, space),) = rows(site, found)
    address = f"{site.url}/groep/{uuid.UUID(str(space))}/gesprekken/{uuid.UUID(str(topic))}/"
    clients = [Client(site, name, address) for name in CLIENTS]
    for client in clients:
        client.start()

    for _ in range(KILLS):
        time.sleep(random.uniform(0.2, 1.2))  # noqa: S311 any moment will do
        site.kill()
        site.start()
    time.sleep(1)
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(timeout=60)

    bodies = [body for (body,) in rows(site, "SELECT body FROM groupspace_forum_post WHERE topic_id = ?", topic)]
    there = Counter(mark for body in bodies for mark in re.findall(r"zin-[0-9a-f]{32}", body))
    acknowledged = {mark for client in clients for mark in client.acknowledged}
    assert [client.trouble for client in clients if client.trouble] == []
    assert acknowledged - set(there) == set()
    assert {mark: times for mark, times in there.items() if times > 1} == {}
    assert set(there) == acknowledged  # each client went on until its last post was acknowledged
    assert len(acknowledged) >= len(CLIENTS) * KILLS // 2
    assert sum(client.retries for client in clients) > 0
    numbered = rows(site, "SELECT number FROM groupspace_forum_post WHERE topic_id = ?", topic)
    numbers = [number for (number,) in numbered]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert SERVER or site.rows("PRAGMA integrity_check") == [("ok",)]
