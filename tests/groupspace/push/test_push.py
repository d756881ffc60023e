"""A sign on a device: encrypted for that browser alone, neutral, and only to the servers that we know."""

from __future__ import annotations

import base64
import json
import os
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import http_ece
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from py_vapid import Vapid

from groupspace import actions as spaces
from groupspace.models import Membership
from groupspace.notices.models import Delivery, Notice
from groupspace.notices.sending import pushing
from groupspace.notify.models import QueuedTask
from groupspace.push import actions, keys, sending, tasks
from groupspace.push.models import Device
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
DEVICE = "/groep/meldingen/toestel/"


def coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """A browser with its own keys, and the push service of its maker, on this machine."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.status = 201
        self.taken: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()

            def log_message(self, *_given: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def given(self) -> dict[str, str]:
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": f"{self.origin}/een", "public_key": coded(public), "secret": coded(self.secret)}

    def read(self, body: bytes) -> str:
        return http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm").decode()


@pytest.fixture
def browser(settings, tmp_path):
    browser = Browser()
    push = {"KEY_FILE": tmp_path / "push.pem", "CONTACT": "mailto:a@example.org", "SERVICES": (browser.origin,)}
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": push}
    settings.TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}
    keys.make()
    yield browser
    browser.server.shutdown()
    browser.server.server_close()


def claims(headers):
    token = headers["authorization"].partition("t=")[2].partition(",")[0].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))


def test_sign_is_encrypted_for_that_browser_and_says_nothing(cast, browser):
    device = actions.switch_on(cast.ben.pk, **browser.given)

    assert tasks.send.func(str(device.pk)) is True

    ((headers, body),) = browser.taken
    assert browser.read(body) == "1"
    assert (headers["topic"], headers["content-encoding"]) == ("nieuw", "aes128gcm")
    assert claims(headers)["sub"] == "mailto:a@example.org"
    assert claims(headers)["aud"] == browser.origin
    assert Vapid.verify(headers["authorization"])
    assert keys.public() in headers["authorization"]
    whole = f"{headers}{body!r}".lower()
    assert not [word for word in ("ben", "beer", "rust in je hoofd", str(cast.space.pk)) if word in whole]


@pytest.mark.parametrize(("status", "stays"), [(404, False), (410, False), (403, True), (302, True)])
def test_browser_that_is_gone_is_forgotten(cast, browser, status, stays):
    device = actions.switch_on(cast.ben.pk, **browser.given)
    browser.status = status

    assert tasks.send.func(str(device.pk)) is False
    assert Device.objects.exists() is stays
    assert len(browser.taken) == 1  # and nobody is followed to another address


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_service_is_tried_again(cast, browser, status):
    device = actions.switch_on(cast.ben.pk, **browser.given)
    browser.status = status

    with pytest.raises(sending.PushFailed):
        tasks.send.func(str(device.pk))
    browser.server.shutdown()
    browser.server.server_close()
    with pytest.raises(sending.PushFailed) as caught:
        tasks.send.func(str(device.pk))
    assert browser.origin not in str(caught.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:9/",
        "http://169.254.169.254/latest/",
        "https://fcm.googleapis.com.example.org/x",
        "https://example.org/https://fcm.googleapis.com",
        "https://push.apple.com/x",
        "https://user:word@fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://[::1/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_server_calls_no_address_that_somebody_made_up(cast, settings, endpoint):
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": {}}

    assert not actions.is_service(endpoint)
    with pytest.raises(ValidationError):
        actions.switch_on(cast.ben.pk, **{**Browser().given, "endpoint": endpoint})


def test_services_of_the_makers_of_browsers_are_known(settings):
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": {}}
    for origin in ("https://fcm.googleapis.com", "https://web.push.apple.com", "https://db5p.notify.windows.com"):
        assert actions.is_service(f"{origin}/w/een")


@pytest.mark.parametrize("wrong", [{"public_key": "abc"}, {"secret": "abc"}, {"public_key": "é"}, {"secret": ""}])
def test_keys_that_are_none_are_refused(cast, browser, wrong):
    with pytest.raises(ValidationError):
        actions.switch_on(cast.ben.pk, **{**browser.given, **wrong})


def test_page_switches_a_browser_on_and_off_for_its_own_account_only(cast, browser):
    ben, ellen = logged_in(cast.ben), logged_in(cast.ellen)
    assert ben.post(DEVICE, {"turn": "on", **browser.given}).json() == {"on": True}
    assert ellen.post(DEVICE, {"turn": "off", "endpoint": browser.given["endpoint"]}).status_code == 200
    assert Device.objects.get().user == cast.ben

    ellen.post(DEVICE, {"turn": "on", **browser.given})  # the same browser, in other hands
    assert Device.objects.get().user == cast.ellen

    ellen.post(DEVICE, {"turn": "off", "endpoint": browser.given["endpoint"]})
    assert not Device.objects.exists()
    assert ben.post(DEVICE, {"turn": "on", "endpoint": "https://example.org"}).status_code == 422
    assert Client(enforce_csrf_checks=True).post(DEVICE, {"turn": "on", **browser.given}).status_code == 403


def test_person_keeps_a_limited_number_of_browsers(cast, browser, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 2)
    for name in ("a", "b", "c"):
        actions.switch_on(cast.ben.pk, **{**browser.given, "endpoint": f"{browser.origin}/{name}"})

    assert sorted(Device.objects.values_list("endpoint", flat=True)) == [f"{browser.origin}/{name}" for name in "bc"]


def test_service_worker_stands_at_the_root_and_says_nothing(cast):
    visitor, member = Client().get("/sw.js"), logged_in(cast.ben).get("/sw.js")
    text = visitor.content.decode()

    assert visitor["Content-Type"].startswith("text/javascript")
    assert text == member.content.decode()
    assert "Er is iets nieuws." in text
    assert "groep" not in text.replace("/groep/meldingen/", "")


def test_keys_are_made_once_and_only_their_owner_reads_them(browser, settings, capsys):
    path = settings.GROUPSPACE["PUSH"]["KEY_FILE"]
    before = path.read_bytes()

    call_command("push_keys")

    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert "nothing changed" in capsys.readouterr().out
    assert len(base64.urlsafe_b64decode(keys.public() + "=")) == 65


def test_without_keys_there_is_no_push(cast, settings, tmp_path):
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": {"KEY_FILE": tmp_path / "none.pem"}}

    assert keys.public() == ""
    assert "data-gs-push" not in logged_in(cast.ben).get("/groep/meldingen/instellen/").content.decode()


@pytest.fixture
def something(cast):
    """`something(at)`: something waits for ben."""
    from groupspace.forum import actions as forum

    def something(at):
        Membership.objects.update(since=at - timedelta(days=60))
        actor = cast.actor("carla")
        topic = forum.start_topic(actor, cast.space, title="Iets", body="<p>Ja</p>", at=at).topic
        fields = {"kind": "gesprekken", "item_id": topic.pk, "reason": "answered", "first_at": at, "last_at": at}
        return Notice.objects.create(membership=cast.members["ben"], space=cast.space, **fields)

    return something


def queued():
    return QueuedTask.objects.filter(path__endswith="push.tasks.send").count()


def at_noon():
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def test_one_sign_for_each_item_until_it_is_read(cast, browser, something):
    actions.switch_on(cast.ben.pk, **browser.given)
    noon = at_noon()
    something(noon)
    with time_machine.travel(noon + timedelta(hours=1), tick=False):
        assert pushing.send_due() == 1
        assert pushing.send_due() == 0
        assert not pushing.due()

    assert queued() == 1


@pytest.mark.parametrize("why", ["night", "off", "here", "no device", "removed", "read"])
def test_no_sign_when_it_should_be_silent(cast, browser, something, why):
    if why != "no device":
        actions.switch_on(cast.ben.pk, **browser.given)
    noon = at_noon()
    notice = something(noon)
    when = noon + timedelta(hours=10 if why == "night" else 1)
    if why == "off":
        Delivery.objects.create(user=cast.ben, push=False)
    elif why == "here":
        type(cast.ben).objects.filter(pk=cast.ben.pk).update(last_login=when - timedelta(minutes=1))
    elif why == "removed":
        spaces.remove(cast.actor("anna"), cast.members["ben"])
    elif why == "read":
        Notice.objects.filter(pk=notice.pk).update(read_at=noon)

    with time_machine.travel(when, tick=False):
        assert pushing.send_due() == 0
    assert queued() == 0
