"""Asking other sites: against a real server on this machine, and never into our own network unless a test says so."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from knowledgebase.links import probing
from knowledgebase.links.models import Problem
from knowledgebase.links.probing import is_public, probe


class Elsewhere(BaseHTTPRequestHandler):
    """A site with good pages, bad ones and odd ones."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.server.headers_seen.append(dict(self.headers))
        name = self.path.strip("/").partition("?")[0]
        if name == "head-is-wrong":
            return self.say(405 if self.command == "HEAD" else 200)
        if name == "head-lies":
            return self.say(404 if self.command == "HEAD" else 200)
        if name == "endless":
            return self.say(302, Location=f"/endless?{len(self.server.asked)}")
        if name == "moved":
            return self.say(301, Location="/fine")
        if name == "moved-away":
            return self.say(302, Location="/404")
        if name == "moved-nowhere":
            return self.say(302)
        if name == "to-file":
            return self.say(302, Location="file:///etc/passwd")
        if name == "to-metadata":
            return self.say(302, Location="http://169.254.169.254/latest/meta-data/")
        if name == "silent":
            return time.sleep(3)
        if name == "dripping":
            return self.drip()
        if name == "rubbish":
            self.wfile.write(b"what?\r\n\r\n")
            self.close_connection = True
            return None
        return self.say(int(name) if name.isdigit() else 200)

    do_GET = do_HEAD = answer  # noqa: N815  (names that Python wants)

    def say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        try:
            for letter in "HTTP/1.1 200 This is fine, only a little slow":
                self.wfile.write(letter.encode())
                time.sleep(0.05)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Be quiet."""


@pytest.fixture
def elsewhere() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    server.daemon_threads = True
    server.asked, server.headers_seen = [], []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def allowed(settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "LINKS_PRIVATE_ADDRESSES": True}


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/fine", None),
        ("/fine?a=1&b=é", None),
        ("/é/x y", None),
        ("/moved", None),
        ("/head-is-wrong", None),
        ("/head-lies", None),
        ("/401", None),
        ("/403", None),
        ("/429", None),
        ("/404", Problem.NOT_FOUND),
        ("/410", Problem.NOT_FOUND),
        ("/moved-away", Problem.NOT_FOUND),
        ("/500", Problem.SERVER_ERROR),
        ("/503", Problem.SERVER_ERROR),
        ("/endless", Problem.TOO_MANY_MOVES),
        ("/moved-nowhere", Problem.TOO_MANY_MOVES),
        ("/to-file", Problem.REFUSED),
        ("/rubbish", Problem.NO_ANSWER),
    ],
)
def test_each_kind_of_answer_is_understood(elsewhere: Any, path: str, problem: Problem | None) -> None:
    assert probe(elsewhere.address + path) == problem


@pytest.mark.usefixtures("allowed")
def test_head_comes_first_and_get_only_when_needed(elsewhere: Any) -> None:
    probe(elsewhere.address + "/fine")
    probe(elsewhere.address + "/head-is-wrong")

    assert elsewhere.asked == ["HEAD /fine", "HEAD /head-is-wrong", "GET /head-is-wrong"]
    assert all("KringLinkCheck" in headers["User-Agent"] for headers in elsewhere.headers_seen)
    assert not any({"Cookie", "Referer", "Authorization"} & set(headers) for headers in elsewhere.headers_seen)


@pytest.mark.usefixtures("allowed")
def test_redirects_end(elsewhere: Any) -> None:
    probe(elsewhere.address + "/endless")

    assert len(elsewhere.asked) == probing.MOVES + 1


@pytest.mark.usefixtures("allowed")
def test_site_that_does_not_answer_holds_us_only_shortly(elsewhere: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "PATIENCE", 0.2)
    began = time.monotonic()

    assert probe(elsewhere.address + "/silent") == Problem.NO_ANSWER
    assert time.monotonic() - began < 2


@pytest.mark.usefixtures("allowed")
def test_site_that_answers_letter_by_letter_holds_us_only_shortly(
    elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "LONGEST", 0.3)
    began = time.monotonic()

    assert probe(elsewhere.address + "/dripping") == Problem.NO_ANSWER
    assert time.monotonic() - began < 3


@pytest.mark.usefixtures("allowed")
def test_closed_port_name_that_is_none_and_plain_http_on_https(elsewhere: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert probe(f"http://127.0.0.1:{port}/") == Problem.NO_ANSWER
    assert probe("http://bestaat-niet.invalid/") == Problem.NO_HOST
    assert probe(f"https://127.0.0.1:{elsewhere.server_port}/") == Problem.CERTIFICATE


@pytest.mark.usefixtures("allowed")
def test_name_with_too_long_a_part_is_no_host() -> None:
    assert probe(f"http://{'a' * 70}.example/") == Problem.NO_HOST


def test_own_network_is_never_asked(elsewhere: Any) -> None:
    port = elsewhere.server_port

    for address in (f"http://127.0.0.1:{port}/fine", f"http://localhost:{port}/fine", f"http://[::1]:{port}/fine"):
        assert probe(address) == Problem.REFUSED

    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://10.0.0.5/",
        "http://172.16.3.4/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://93.184.216.34:22/",
        "http://93.184.216.34:8080/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http:///x",
    ],
)
def test_addresses_inside_are_refused_without_a_connection(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", never)

    assert probe(address) == Problem.REFUSED


@pytest.mark.parametrize("found", [["10.0.0.9"], ["93.184.216.34", "10.0.0.9"], ["::ffff:127.0.0.1"]])
def test_name_that_points_inside_is_refused(found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: int, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    def never(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", never)

    assert probe("https://slim.example/") == Problem.REFUSED


def test_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time (DNS rebinding) gets nowhere: it is looked up once."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    went: list[Any] = []

    def look_up(host: str, port: int, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    def connect(address: Any, **kwargs: Any) -> None:
        went.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    assert probe("http://slim.example/") == Problem.NO_ANSWER
    assert went == [("93.184.216.34", 80)]


def test_redirect_into_our_network_is_refused(elsewhere: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step is let through as if it were outside; the second is judged as any other."""
    real = probing.connect

    def first_is_fine(parts: Any) -> Any:
        if parts.port == elsewhere.server_port:
            return socket.create_connection(("127.0.0.1", elsewhere.server_port), timeout=2)
        return real(parts)

    monkeypatch.setattr(probing, "connect", first_is_fine)

    assert probe(elsewhere.address + "/to-metadata") == Problem.REFUSED
    assert elsewhere.asked == ["HEAD /to-metadata"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1", True),
        ("224.0.0.1", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("::127.0.0.1", False),
        ("2002:a00:1::1", False),
        ("ff0e::1", False),
    ],
)
def test_internet_addresses_are_known(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_certificates_are_checked() -> None:
    context = ssl.create_default_context()

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
