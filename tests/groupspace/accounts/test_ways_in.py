"""What addresses, links and other people's tries can do to the log-in: nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from groupspace.accounts import actions, factors, throttle
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.models import OneTimeLink, Session
from tests.cast import PASSWORD, make_user
from tests.groupspace.accounts.people import log_in, post_password

pytestmark = pytest.mark.django_db
ELSEWHERE = ["healthz", "a word", "?x=1", "#x", "%00", "//kwaad.example", "/\\kwaad.example", "https://kwaad.example/"]


@pytest.mark.parametrize("odd", ELSEWHERE)
def test_only_a_path_of_this_site_is_followed(odd: str) -> None:
    ben = make_user("ben")
    client = Client()

    after = [post_password(client, ben, next_url=odd)]
    after += [client.get(reverse(name), {"next": odd}) for name in ("account:login", "account:signup")]

    assert [response.status_code for response in after] == [302, 302, 302]
    assert {response["Location"] for response in after} <= {"/groep/", "/account/"}


def test_the_log_in_page_sends_on_who_is_logged_in() -> None:
    client = log_in(make_user("ben"))

    assert client.get(reverse("account:login")).status_code == 302
    assert client.get(reverse("account:login"), {"next": "/account/"})["Location"] == "/account/"


def test_the_code_of_a_link_is_kept_in_no_session() -> None:
    code = actions.make_link(make_user("ben"), OneTimeLink.Purpose.RESET, accounts_conf().RESET_LIFETIME)
    client = Client()

    client.get(reverse("account:link"), {"c": code})

    assert client.get(reverse("account:link-use")).context["link"] is not None
    assert all(code not in str(row.get_decoded()) for row in Session.objects.all())
    client.get(reverse("account:link"), {"c": "iets anders"})
    assert client.get(reverse("account:link-use")).context["link"] is None


def test_links_that_nobody_sent_fill_no_table() -> None:
    Client().get(reverse("account:link"), {"c": "geraden"})

    assert not Session.objects.exists()


def test_another_address_of_the_same_network_gives_no_new_tries() -> None:
    def key_of(address: str) -> str:
        return throttle.name_key(RequestFactory().get("/", REMOTE_ADDR=address), "ben")

    assert key_of("2001:db8:1:2::1") == key_of("2001:db8:1:2:ffff:ffff:ffff:ffff") == key_of("2001:DB8:1:2::9")
    assert key_of("2001:db8:1:2::1") != key_of("2001:db8:1:3::1")
    assert key_of("::ffff:192.0.2.1") == key_of("192.0.2.1") != key_of("192.0.2.2")


def test_nobody_fills_the_mailbox_of_a_stranger() -> None:
    client = log_in(make_user("ben"))
    answers: list[Any] = [
        client.post(reverse("account:email"), {"current": PASSWORD, "email": "vreemde@example.org"}) for _ in range(20)
    ]

    assert {response.status_code for response in answers[-10:]} == {429}
    assert len(mail.outbox) <= accounts_conf().TRIES


def test_messages_do_not_stay_in_the_browser() -> None:
    client = log_in(make_user("ben"))

    client.post(reverse("account:preferences"), {"language": "en", "time_zone": ""})

    assert "messages" not in client.cookies


def test_a_session_somebody_left_does_not_give_the_account_away() -> None:
    """Adding a second step gives recovery codes, and those with the app give a new password."""
    ben = make_user("ben")
    client = log_in(ben)
    url = reverse("account:setup")

    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert "secret" not in client.get(url).context
        client.post(url, {"setup_view-current_step": "generator", "generator-token": "123456"})
        assert client.get(reverse("account:qr")).status_code == 404
        assert client.post(url, {"current": "een ander wachtwoord"}).status_code == 200
        assert "secret" not in client.get(url).context

        assert client.post(url, {"current": PASSWORD})["Location"] == url
        assert client.get(url).context["secret"]
    assert not factors.has_second_factor(ben)
