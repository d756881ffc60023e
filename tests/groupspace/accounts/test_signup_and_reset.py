"""Making an account without saying who one is, and getting back in after forgetting the password."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace.accounts import actions, factors, recovery, tasks
from groupspace.accounts.models import OneTimeLink, ResetRequest
from groupspace.conf import Pace
from tests.cast import PASSWORD, make_user
from tests.groupspace.accounts.people import SECRET, add_factor, code_now, is_logged_in, log_in, post_password

pytestmark = pytest.mark.django_db
NEW = "zeven groene fietsen dansen"


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def sign_up(client: Client, **changes: str) -> Any:
    form = client.get(reverse("account:signup")).context["form"]
    data = {"username": form.names[0], "password": NEW, "suggested": form.initial["suggested"], "next": "/groep/x/"}
    return client.post(reverse("account:signup"), {**data, **changes})


def test_signup_shows_codes_once_and_goes_on() -> None:
    client = Client()

    response = sign_up(client)

    codes = client.get(response.url).context["codes"]
    assert len(codes) == 8
    assert get_user_model().objects.get().email == ""
    assert client.post(response.url).url == "/groep/x/"
    assert client.get(response.url).context["codes"] is None


def test_signup_offers_other_names_without_script_beside_the_names() -> None:
    client = Client()
    first = client.get(reverse("account:signup"), {"next": "/groep/x/"})
    page = BeautifulSoup(first.content, "html.parser")
    link = page.find("a", string="Toon andere namen")

    response = client.get(link["href"])

    parts = page.select("form[id] :is(fieldset, a, input[type=password])")
    assert [part.name for part in parts] == ["fieldset", "a", "input"]
    assert not set(response.context["form"].names) & set(first.context["form"].names)
    assert response.context["next"] == "/groep/x/"


def test_signup_never_sends_a_password_back() -> None:
    response = sign_up(Client(), username="")

    assert response.status_code == 200
    assert NEW not in response.content.decode()


@pytest.mark.parametrize(
    "changes", [{"username": "zelfbedacht"}, {"suggested": "x:y"}, {"password": "kort"}, {"username": ""}]
)
def test_signup_refuses_what_was_not_suggested(changes: dict[str, str]) -> None:
    client = Client()

    assert sign_up(client, **changes).status_code == 200
    assert not get_user_model().objects.exists()


def test_signups_from_one_address_are_counted_over_the_time_the_setting_says(settings: Any) -> None:
    accounts = {"WAIT": timedelta(minutes=1), "SIGN_UPS_PER_ADDRESS": Pace(times=2, within=timedelta(minutes=40))}
    settings.GROUPSPACE = {**settings.GROUPSPACE, "ACCOUNTS": accounts}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [sign_up(Client()).status_code for _number in range(2)] == [302, 302]
        clock.shift(timedelta(minutes=10))

        refused = sign_up(Client())

        assert (refused.status_code, refused["Retry-After"]) == (429, "1800")
        assert "over 30 minuten opnieuw" in refused.content.decode()
        assert sign_up(Client(REMOTE_ADDR="198.51.100.5")).status_code == 302
        clock.shift(timedelta(minutes=30))
        assert sign_up(Client()).status_code == 302


def test_signup_goes_to_pages_of_this_site_only() -> None:
    client = Client()
    response = sign_up(client, next="https://elders.example/")

    assert client.post(response.url).url == reverse("account:settings")


def reset_by_code(client: Client, user: Any, code: str, token: str = "") -> Any:
    data = {"username": str(user), "recovery": code, "token": token, "password": NEW}
    return client.post(reverse("account:reset-code"), data)


def test_recovery_code_gives_a_new_password_once() -> None:
    ben = make_user("ben")
    other = log_in(ben)
    code = recovery.renew(ben)[0]

    assert reset_by_code(Client(), ben, code).status_code == 302
    assert not is_logged_in(other)
    assert reset_by_code(Client(), ben, code).status_code == 200
    assert is_logged_in(log_in(ben, password=NEW))


def test_recovery_code_alone_never_replaces_both_factors() -> None:
    ben = make_user("ben")
    add_factor(ben)
    code = recovery.renew(ben)[0]

    assert reset_by_code(Client(), ben, code).status_code == 200
    ben.refresh_from_db()
    assert ben.check_password(PASSWORD)
    assert reset_by_code(Client(), ben, code, code_now()).status_code == 302


def test_guessing_recovery_codes_is_slowed_and_answers_alike() -> None:
    ben = make_user("ben")
    recovery.renew(ben)
    known = [reset_by_code(Client(), ben, "ABCDE-ABCDE").status_code for _ in range(6)]
    unknown = [reset_by_code(Client(), "niemand", "ABCDE-ABCDE").status_code for _ in range(6)]

    assert known == unknown == [200] * 5 + [429]


def ask(address: str, capture: Any) -> Any:
    with capture(execute=True):
        return Client().post(reverse("account:reset-mail"), {"email": address})


def run_reset() -> None:
    for row in ResetRequest.objects.all():
        tasks.send_reset.call(str(row.pk))


def links(mailoutbox: Any) -> list[str]:
    return [link for message in mailoutbox for link in re.findall(r"https?://\S+link/\?c=\S+", message.body)]


def test_reset_by_mail_is_the_same_for_unknown_addresses(on_commit: Any, mailoutbox: Any) -> None:
    make_user("ben", email="ben@example.org")
    known = ask("ben@example.org", on_commit)
    unknown = ask("niemand@example.org", on_commit)

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert ResetRequest.objects.count() == 2
    assert not mailoutbox  # whether there is an account is looked up later, by the worker
    run_reset()
    assert len(mailoutbox) == 1


def test_asking_for_mails_again_and_again_is_slowed(on_commit: Any, mailoutbox: Any) -> None:
    make_user("ben", email="ben@example.org")
    assert [ask("ben@example.org", on_commit).status_code for _ in range(6)] == [302] * 5 + [429]
    for n in range(4):
        with on_commit(execute=True):
            Client(REMOTE_ADDR=f"203.0.113.{n}").post(reverse("account:reset-mail"), {"email": "BEN@example.org"})
    run_reset()
    assert len(mailoutbox) == 5


def test_reset_link_sets_a_password_once_and_logs_nobody_in(on_commit: Any, mailoutbox: Any) -> None:
    ben = make_user("ben", email="ben@example.org")
    add_factor(ben)
    ask("ben@example.org", on_commit)
    run_reset()
    (link,) = links(mailoutbox)

    Client().get(link)  # a mail program that looks at the link uses nothing up
    client = Client()
    response = client.get(link)
    assert "c=" not in response.url
    assert client.post(response.url, {"password": NEW}).url == reverse("account:login")
    assert not is_logged_in(client)
    assert client.get(link, follow=True).context["link"] is None

    post_password(client, ben, NEW)
    assert not is_logged_in(client)  # the second step is still asked


def test_address_counts_after_confirmation_only(on_commit: Any, mailoutbox: Any) -> None:
    ben = make_user("ben", email="oud@example.org")
    client = log_in(ben)
    client.post(reverse("account:email"), {"current": PASSWORD, "email": "nieuw@example.org"})
    ben.refresh_from_db()
    assert ben.email == "oud@example.org"

    with on_commit(execute=True):
        client.post(client.get(links(mailoutbox)[0]).url, {})

    ben.refresh_from_db()
    assert ben.email == "nieuw@example.org"
    assert len(mailoutbox) == 2  # the link to the new address, a notice to the old one


def test_old_link_does_not_work() -> None:
    from datetime import timedelta

    ben = make_user("ben")
    code = actions.make_link(ben, OneTimeLink.Purpose.RESET, timedelta(seconds=-1))

    assert actions.find_link(code) is None
    assert actions.find_link("") is None


def test_bootstrap_makes_one_operator_with_second_factor(monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("BOOTSTRAP_USERNAME", "beheer")
    monkeypatch.setenv("BOOTSTRAP_PASSWORD", NEW)

    call_command("bootstrap")

    user = get_user_model().objects.get(is_superuser=True)
    assert factors.has_second_factor(user)
    assert "otpauth://totp/" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("bootstrap")


def test_bootstrap_makes_the_keys_for_push_and_says_so_when_it_cannot(
    monkeypatch: Any, settings: Any, tmp_path: Any, capsys: Any
) -> None:
    monkeypatch.setenv("BOOTSTRAP_USERNAME", "beheer")
    monkeypatch.setenv("BOOTSTRAP_PASSWORD", NEW)
    file = tmp_path / "keys" / "push.pem"
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": {"KEY_FILE": file}}

    call_command("bootstrap")

    made = file.read_text()
    assert "PRIVATE KEY" in made
    assert file.stat().st_mode & 0o077 == 0
    assert made not in capsys.readouterr().out

    get_user_model().objects.all().delete()
    call_command("bootstrap")
    assert file.read_text() == made  # another key would silence every phone

    get_user_model().objects.all().delete()
    settings.GROUPSPACE = {**settings.GROUPSPACE, "PUSH": {"KEY_FILE": ""}}
    call_command("bootstrap")
    assert get_user_model().objects.filter(is_superuser=True).exists()
    assert "No keys for push" in capsys.readouterr().err


def test_bootstrap_refuses_a_weak_password(monkeypatch: Any) -> None:
    monkeypatch.setenv("BOOTSTRAP_USERNAME", "beheer")
    monkeypatch.setenv("BOOTSTRAP_PASSWORD", "welkom")

    with pytest.raises(CommandError):
        call_command("bootstrap")
    assert not get_user_model().objects.exists()


def test_purges_run() -> None:
    ben = make_user("ben")
    add_factor(ben, SECRET)
    tasks.purge_sessions()
    tasks.purge_links()
    tasks.purge_tries()
