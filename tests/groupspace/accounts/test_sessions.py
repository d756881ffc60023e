"""Sessions: how long they last, who sees them, what ends them."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from groupspace.accounts.models import Session
from tests.cast import PASSWORD, make_professional, make_user
from tests.groupspace.accounts.people import (
    SECRET,
    add_factor,
    code_now,
    is_logged_in,
    log_in,
    post_code,
    post_password,
)

pytestmark = pytest.mark.django_db
START = 1_800_000_000


def test_session_list_shows_a_coarse_label_and_ends_one() -> None:
    ben = make_user("ben")
    phone = log_in(ben, client=Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 14; Mobile) Gecko/1 Firefox/140.3"))
    laptop = log_in(ben)
    row = Session.objects.get(pk=phone.session.session_key)
    assert row.label == "Firefox op Android"
    assert "Firefox op Android" in laptop.get(reverse("account:sessions")).content.decode()

    laptop.post(reverse("account:session-end", args=[row.public_id]))

    assert not is_logged_in(phone)
    assert is_logged_in(laptop)


def test_nobody_ends_the_session_of_another() -> None:
    ben = log_in(make_user("ben"))
    row = Session.objects.get(pk=ben.session.session_key)

    assert log_in(make_user("dora")).post(reverse("account:session-end", args=[row.public_id])).status_code == 404
    assert is_logged_in(ben)


def test_log_out_everywhere_ends_all() -> None:
    ben = make_user("ben")
    phone, laptop = log_in(ben), log_in(ben)

    response = laptop.post(reverse("account:sessions-end"))

    assert not is_logged_in(phone)
    assert not is_logged_in(laptop)
    assert not Session.objects.filter(user=ben).exists()
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_new_password_ends_the_other_sessions() -> None:
    ben = make_user("ben")
    phone, laptop = log_in(ben), log_in(ben)
    key = laptop.session.session_key

    laptop.post(reverse("account:password"), {"current": PASSWORD, "password": "zeven groene fietsen dansen"})

    assert not is_logged_in(phone)
    assert is_logged_in(laptop)
    assert laptop.session.session_key != key


def test_new_factor_ends_the_other_sessions() -> None:
    ben = make_user("ben")
    phone = log_in(ben)
    add_factor(ben)

    assert not is_logged_in(phone)


def professional() -> tuple[Any, str]:
    pim = make_professional("pim")
    add_factor(pim)
    return pim, SECRET


@pytest.mark.parametrize(
    ("make", "extra", "idle", "absolute"),
    [
        (lambda: (make_user("ben"), ""), {}, 120, 24 * 60),
        (professional, {}, 30, 12 * 60),
        (lambda: (make_user("ben"), ""), {"auth-shared": "on"}, 15, 4 * 60),
    ],
    ids=["client", "professional", "shared computer"],
)
def test_session_ends_after_idling_and_at_last_anyway(make: Any, extra: Any, idle: int, absolute: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        user, secret = make()
        client = log_in(user, secret=secret, **extra)
        clock.move_to(START + (idle - 1) * 60)
        assert client.get(reverse("account:settings")).status_code == 200
        clock.move_to(START + (2 * idle) * 60)
        assert client.get(reverse("account:settings")).url.startswith(reverse("account:login"))

        clock.move_to(START)
        client = log_in(user, secret=secret, **extra)
        minute = 0
        while minute + idle - 1 < absolute:
            minute += idle - 1
            clock.move_to(START + minute * 60)
            assert client.get(reverse("account:settings")).status_code == 200, minute
        clock.move_to(START + absolute * 60)
        assert client.get(reverse("account:settings")).status_code == 302


def test_saving_a_draft_does_not_extend_the_session() -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = log_in(make_user("ben"))
        for minute in range(10, 120, 10):
            clock.move_to(START + minute * 60)
            client.post(reverse("groupspace:text:draft-save"), {})
        assert client.session["gs"]["seen"] == START


def test_shared_computer_leaves_nothing() -> None:
    client = log_in(make_user("ben"), **{"auth-shared": "on"})

    response = client.get(reverse("account:settings"))

    assert client.cookies["sessionid"]["max-age"] == ""
    assert response["Cache-Control"] == "private, no-store"
    assert "data-gs-shared" in response.content.decode()
    assert Session.objects.get(pk=client.session.session_key).shared


def test_middleware_asks_for_session_user_and_device_only(django_assert_num_queries: Any) -> None:
    pim, secret = professional()
    client = log_in(pim, secret=secret)
    client.get(reverse("safety:exit"))

    with django_assert_num_queries(3):
        client.get("/weg/bestaat-niet/")


@pytest.mark.parametrize("name", ["login", "signup", "reset", "reset-code", "reset-mail", "link-use"])
def test_looking_around_makes_no_session(name: str) -> None:
    client = Client()
    assert client.get(reverse(f"account:{name}")).status_code == 200

    assert not Session.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_wrong_passwords_make_no_session() -> None:
    make_user("ben")
    codes = [post_password(Client(), "ben", "een verkeerd wachtwoord").status_code for _ in range(7)]
    for step in ("token", "backup"):
        assert post_code(Client(), "123456", step).status_code == 200
    Client().post(reverse("account:login"), {"login_view-current_step": "token", "wizard_goto_step": "backup"})

    assert codes == [200] * 4 + [429] * 3
    assert not Session.objects.exists()


def test_log_in_keeps_the_password_step_only_until_it_is_over() -> None:
    pim, secret = professional()
    client = Client(enforce_csrf_checks=True)
    token = {"csrfmiddlewaretoken": client.get(reverse("account:login")).context["csrf_token"]}

    assert post_password(client, pim, **token).context["wizard"]["steps"].current == "token"
    assert Session.objects.count() == 1
    half_way = client.session.session_key
    code = {"login_view-current_step": "token", "token-otp_token": code_now(secret), **token}
    assert client.post(reverse("account:login"), code).status_code == 302

    assert is_logged_in(client)
    assert "wizard_login_view" not in client.session
    assert not Session.objects.filter(pk=half_way).exists()


def test_going_back_to_the_log_in_page_forgets_whose_password_was_right() -> None:
    pim, secret = professional()
    client = Client()
    post_password(client, pim)

    client.get(reverse("account:login"))
    post_code(client, code_now(secret))

    assert not is_logged_in(client)
    assert "wizard_login_view" not in client.session
