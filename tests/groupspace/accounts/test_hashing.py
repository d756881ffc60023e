"""What a password costs: the same whether an account exists, never in a transaction, and bounded in memory."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groupspace.accounts import actions, recovery
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.hashers import Argon2Hasher
from groupspace.accounts.models import OneTimeLink
from groupspace.settings import PASSWORD_HASHERS
from tests.cast import PASSWORD, make_user
from tests.groupspace.accounts.people import add_factor, log_in, post_password
from tests.hashers import CountingHasher

NEW = "zeven groene fietsen dansen"
WRONG = "verkeerd wachtwoord hier"


@pytest.fixture
def runs(settings: Any) -> Iterator[list[bool]]:
    """Each run of the hasher from here on: whether it was in a transaction."""
    settings.PASSWORD_HASHERS = ["tests.hashers.CountingHasher"]
    CountingHasher.runs.clear()
    yield CountingHasher.runs
    CountingHasher.runs.clear()


def make_everybody() -> list[str]:
    """Log-in names of all sorts of accounts, and one that nobody has."""
    people = [make_user("ben"), make_user("twee-stappen"), make_user("uitgezet", is_active=False)]
    add_factor(people[1])
    (invited, _code) = actions.invite_staff([])
    for user in (*people, invited):
        recovery.renew(user)
    return ["BEN", *(user.username for user in (*people, invited)), "niemand"]


def sign_up_data(client: Client, username: str = "") -> dict[str, str]:
    form = client.get(reverse("account:signup")).context["form"]
    return {"username": username or form.names[0], "password": NEW, "suggested": form.initial["suggested"]}


def cost(runs: list[bool], act: Callable[[], Any]) -> tuple[int, int, list[str]]:
    """What a request answers, how often it hashed, and what it asked the database."""
    runs.clear()
    with CaptureQueriesContext(connection) as queries:
        status = act().status_code
    return status, len(runs), [re.split(r"[\d'\"]", query["sql"])[0] for query in queries]


@pytest.mark.django_db
def test_log_in_costs_one_hash_whoever_is_asked_for(runs: list[bool]) -> None:
    for name in make_everybody():
        status, hashes, _queries = cost(runs, lambda name=name: post_password(Client(), name, WRONG))
        assert (status, hashes) == (200, 1), name


@pytest.mark.django_db
def test_recovery_code_costs_one_hash_whoever_is_asked_for(runs: list[bool]) -> None:
    for name in make_everybody():
        data = {"username": name, "recovery": "ABCDE-ABCDE", "token": "123456", "password": NEW}
        status, hashes, _queries = cost(runs, lambda data=data: Client().post(reverse("account:reset-code"), data))
        assert (status, hashes) == (200, 1), name


@pytest.mark.django_db
def test_reset_by_mail_does_the_same_work_for_every_address(runs: list[bool]) -> None:
    make_user("ben", email="ben@example.org")

    def ask(address: str) -> tuple[int, int, list[str]]:
        client = Client(REMOTE_ADDR=f"203.0.113.{len(address)}")
        return cost(runs, lambda: client.post(reverse("account:reset-mail"), {"email": address}))

    assert ask("ben@example.org") == ask("niemand@example.org")
    assert not runs


@pytest.mark.django_db
def test_sign_up_does_the_same_work_for_every_typed_name(runs: list[bool]) -> None:
    make_user("rode-eik-1234")

    def sign_up(name: str) -> tuple[int, int, int]:
        data = sign_up_data(Client(), name)
        status, hashes, queries = cost(runs, lambda: Client().post(reverse("account:signup"), data))
        return status, hashes, len(queries)

    assert sign_up("rode-eik-1234") == sign_up("rode-eik-4321")
    assert not runs


@pytest.mark.django_db
def test_sign_up_with_a_name_that_was_just_taken_costs_the_same(runs: list[bool]) -> None:
    data = sign_up_data(Client())

    assert cost(runs, lambda: Client().post(reverse("account:signup"), data))[:2] == (302, 1)
    assert cost(runs, lambda: Client().post(reverse("account:signup"), data))[:2] == (200, 1)


@pytest.mark.django_db
def test_who_has_to_wait_costs_nothing(runs: list[bool]) -> None:
    make_user("ben")
    for name in ("ben", "niemand"):
        for _ in range(accounts_conf().TRIES):
            post_password(Client(), name, WRONG)
        assert cost(runs, lambda name=name: post_password(Client(), name))[:2] == (429, 0)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_hash_in_a_transaction(runs: list[bool]) -> None:
    """SQLite has one writer: a quarter of a second in a transaction is a quarter of a second for everybody."""
    ben = make_user("ben")
    code = recovery.renew(ben)[0]
    link = actions.find_link(actions.make_link(ben, OneTimeLink.Purpose.RESET, accounts_conf().RESET_LIFETIME))
    assert link is not None
    client = Client()
    data = sign_up_data(client)
    runs.clear()

    assert client.post(reverse("account:signup"), data).status_code == 302
    assert actions.set_password_by_link(link, WRONG)
    assert actions.reset_with_code(RequestFactory().get("/"), "ben", code, "", PASSWORD)
    log_in(ben).post(reverse("account:password"), {"current": PASSWORD, "password": NEW})

    assert authenticate(RequestFactory().get("/"), username="ben", password=NEW) == ben
    assert len(runs) == 7  # changing it takes three: logging in, the old one, the new one
    assert not any(runs)


@pytest.mark.django_db
def test_log_in_takes_as_long_whoever_is_asked_for(settings: Any) -> None:
    """With the hasher of production, in processor time: what else the machine does is not counted."""
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    make_user("ben")

    def seconds(name: str) -> float:
        start = time.process_time()
        assert authenticate(RequestFactory().get("/"), username=name, password=WRONG) is None
        return time.process_time() - start

    known, unknown = (min(seconds(name) for _ in range(3)) for name in ("ben", "niemand"))

    assert 0.6 < known / unknown < 1.6


MEMORY = """
import pathlib, re, sys
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings

settings.configure(PASSWORD_HASHERS=sys.argv[1:])
from django.contrib.auth.hashers import check_password, get_hasher, make_password

# Not ru_maxrss: a new process inherits that from the one that started it.
peak = lambda: int(re.search("VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024
known = make_password("een zin van vijf woorden")
one = peak()
with ThreadPoolExecutor(6) as pool:
    made = [pool.submit(make_password, "een andere zin") for _ in range(3)]
    right = [pool.submit(check_password, "een zin van vijf woorden", known) for _ in range(3)]
assert all(future.result() for future in (*made, *right))
six = peak()
type(get_hasher()).memory_cost *= 2
make_password("een zin met twee keer zoveel geheugen")
print(six - one, peak() - six)
"""


def test_many_hashes_at_once_take_the_memory_of_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, PASSWORD_HASHERS[0]], capture_output=True, text=True, check=True
    )
    more_for_six, more_for_two = map(int, done.stdout.split())

    assert more_for_six < 50
    # The same measure does see the memory of two.
    assert more_for_two > 50


@pytest.mark.parametrize(("hasher", "meet"), [(Argon2Hasher, False), (Argon2PasswordHasher, True)])
def test_one_hash_waits_for_the_other(hasher: type[Argon2PasswordHasher], meet: bool, monkeypatch: Any) -> None:
    """Each hash waits inside Django's hasher for another to come there too: with ours none does."""
    known = Argon2PasswordHasher().encode(PASSWORD, "een-vaste-korrel")
    meeting = threading.Barrier(2)
    met = []

    def waiting(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            try:
                meeting.wait(timeout=1 if hasher is Argon2Hasher else 30)
                met.append(True)
            except threading.BrokenBarrierError:
                met.append(False)
            return real(*args)

        return run

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, waiting(getattr(Argon2PasswordHasher, name)))
    with ThreadPoolExecutor(2) as pool:
        made = pool.submit(hasher().encode, PASSWORD, "een-vaste-korrel")
        right = pool.submit(hasher().verify, PASSWORD, known)

    assert made.result() == known
    assert right.result() is True
    assert set(met) == {meet}


@pytest.mark.django_db(transaction=True)
def test_a_hundred_log_ins_at_once_all_get_their_turn() -> None:
    make_user("ben")

    def log_in_from(number: int) -> int:
        try:
            return post_password(Client(REMOTE_ADDR=f"203.0.113.{number}"), "ben").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(25) as pool:
        codes = list(pool.map(log_in_from, range(100)))

    assert codes == [302] * 100
