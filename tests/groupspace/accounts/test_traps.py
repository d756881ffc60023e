"""One test for each known trap of this stack: no way from a password alone to a verified session or to the CMS."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import wagtail.models
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from groupspace.accounts import factors, recovery
from groupspace.accounts.models import Authenticator, RecoveryCode, Session
from groupspace.accounts.staff import may_be_handed_out
from home.staff import ensure_staff_groups
from tests.cast import PASSWORD, make_user
from tests.groupspace.accounts.people import (
    OTHER_SECRET,
    SECRET,
    add_factor,
    code_now,
    is_logged_in,
    is_verified,
    log_in,
    post_code,
    post_password,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Any:
    user = make_user("operator", is_superuser=True)
    add_factor(user)
    return user


def side_door(user: Any) -> Client:
    """A session with only a password, whatever page gave it."""
    client = Client()
    client.force_login(user, backend="groupspace.accounts.backends.AccountBackend")
    return client


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_a1_wagtails_own_log_in_gives_no_session(operator: Any, path: str) -> None:
    client = Client()

    response = client.post(path, {"username": "operator", "password": PASSWORD})

    assert response.status_code == 302
    assert response.url.startswith(reverse("account:login"))
    assert not is_logged_in(client)


def test_a1_password_session_of_who_has_a_factor_is_ended(operator: Any) -> None:
    client = side_door(operator)

    response = client.get("/cms/")

    assert response.status_code == 302
    assert response.url.startswith(reverse("account:login"))
    assert not is_logged_in(client)
    assert not Session.objects.filter(user=operator).exists()


def test_a1_cms_opens_after_two_steps_only(operator: Any) -> None:
    assert log_in(operator, secret=SECRET).get("/cms/").status_code == 200
    assert Client().get("/cms/").url.startswith(reverse("account:login"))
    assert log_in(make_user("ben")).get("/cms/").status_code == 404


def test_a1_staff_without_factor_reach_only_set_up_and_log_out() -> None:
    client = log_in(make_user("operator", is_superuser=True))

    for path in ("/", "/cms/", "/groep/", "/account/", "/account/wachtwoord/", "/account/sessies/"):
        assert client.get(path).url.startswith(reverse("account:setup")), path
    assert client.get(reverse("account:setup")).status_code == 200
    assert client.post(reverse("account:logout")).status_code == 302


def enrol(client: Client, secret: str) -> Any:
    data = {"setup_view-current_step": "generator", "generator-token": code_now(secret)}
    return client.post(reverse("account:setup"), data)


@pytest.mark.parametrize("door", [side_door, lambda user: log_in(user, secret=SECRET)])
def test_a2_second_factor_cannot_be_added_to_an_account_that_has_one(operator: Any, door: Any) -> None:
    client = door(operator)

    for data in ({}, {"setup_view-current_step": "generator", "generator-token": code_now(OTHER_SECRET)}):
        assert client.post(reverse("account:setup"), data).status_code == 302

    assert Authenticator.objects.filter(user=operator).count() == 1
    assert client.get(reverse("account:qr")).status_code in {302, 404}


def test_a2_database_refuses_a_second_factor(operator: Any) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        add_factor(operator, OTHER_SECRET)


def test_a3_wagtails_password_reset_is_gone(operator: Any) -> None:
    response = log_in(operator, secret=SECRET).get("/cms/password_reset/")

    assert response.status_code == 404
    assert Client().post("/cms/password_reset/", {"email": "a@example.org"}).url.startswith(reverse("account:login"))


def test_a4_django_admin_is_not_mounted() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_a5_no_typed_password_and_no_address_is_stored(operator: Any, settings: Any) -> None:
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS
    client = Client(REMOTE_ADDR="203.0.113.77")
    for number in range(8):
        post_password(client, "operator", f"geheim-getypt-{number}")
    post_password(client, "iemand-die-niet-bestaat", "ook-een-geheim-getypt")

    out = StringIO()
    call_command("dumpdata", stdout=out)

    dump = out.getvalue()
    assert "groupspace_accounts.tries" in dump
    for secret in ("geheim-getypt", "203.0.113.77", "iemand-die-niet-bestaat", SECRET):
        assert secret not in dump


def test_a6_stranger_cannot_lock_a_client_out() -> None:
    ben = make_user("ben")
    stranger = Client(REMOTE_ADDR="203.0.113.77")
    for _ in range(5):
        response = post_password(stranger, ben, "verkeerd wachtwoord hier")
    assert response.status_code == 429
    assert "15 minuten" in response.content.decode()
    assert response["Retry-After"] == "900"
    assert post_password(stranger, ben).status_code == 429  # the right one, from the blocked address

    assert is_logged_in(log_in(ben, client=Client(REMOTE_ADDR="198.51.100.5")))


def test_a6_many_names_from_one_address_are_slowed() -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.77")
    codes = [post_password(stranger, f"naam-{n}", "verkeerd wachtwoord hier").status_code for n in range(62)]

    assert codes[0] == 200
    assert codes[-1] == 429


def test_a6_forged_header_does_not_make_another_address() -> None:
    ben = make_user("ben")
    for n in range(6):
        response = Client(REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").post(
            reverse("account:login"),
            {"login_view-current_step": "auth", "auth-username": "ben", "auth-password": "verkeerd wachtwoord"},
        )
    assert response.status_code == 429
    assert ben.pk


def test_a7_browser_is_never_remembered_as_second_step(operator: Any) -> None:
    client = Client()
    post_password(client, operator)
    response = client.post(
        reverse("account:login"),
        {"login_view-current_step": "token", "token-otp_token": code_now(), "token-remember": "on"},
    )

    assert response.status_code == 302
    assert not [name for name in client.cookies if name.startswith("remember")]


def test_a8_session_key_changes_at_log_in_and_at_set_up() -> None:
    client = Client()
    client.get(reverse("account:login"))
    post_password(client, make_user("ben"))
    first = client.session.session_key
    secret = client.get(reverse("account:setup")).context["secret"].replace(" ", "")

    enrol(client, secret)

    assert is_verified(client)
    assert client.session.session_key != first
    assert not Session.objects.filter(pk=first).exists()


@pytest.mark.parametrize("name", ["factor-remove", "codes-new", "password", "email"])
def test_a9_changes_need_password_and_code(operator: Any, name: str) -> None:
    client = log_in(operator, secret=SECRET)
    before = RecoveryCode.objects.count()
    data = {"password": "heel iets anders dan dat", "email": "nieuw@example.org"}

    for wrong in ({}, {"current": PASSWORD}, {"current": PASSWORD, "code": "000000"}, {"current": "x", "code": "1"}):
        assert client.post(reverse(f"account:{name}"), {**data, **wrong}).status_code == 200

    operator.refresh_from_db()
    assert factors.has_second_factor(operator)
    assert operator.check_password(PASSWORD)
    assert (operator.email, RecoveryCode.objects.count()) == ("", before)


def test_a10_secret_and_codes_are_not_readable_in_the_database(operator: Any) -> None:
    codes = recovery.renew(operator)
    client = log_in(make_user("ben"))
    pending = client.get(reverse("account:setup")).context["secret"].replace(" ", "")

    out = StringIO()
    call_command("dumpdata", stdout=out)

    for row in Session.objects.all():
        assert pending not in str(row.get_decoded())
    for secret in (SECRET, pending, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in out.getvalue()


def test_a10_sealed_secret_opens_for_its_own_account_only(operator: Any) -> None:
    from groupspace.accounts.seal import SealError

    other = make_user("ander")
    stolen = Authenticator.objects.get(user=operator).secret
    Authenticator.objects.create(user=other, name="default", secret=stolen)

    with pytest.raises(SealError):
        factors.verify(other, code_now())


def test_a11_looking_at_the_codes_page_makes_no_factor() -> None:
    ben = make_user("ben")
    client = log_in(ben)
    client.get(reverse("account:codes"))
    client.get(reverse("account:setup"))

    assert not factors.has_second_factor(ben)
    assert is_logged_in(log_in(ben))


def all_views(patterns: Any = None, path: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the site with the module of its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = f"{path}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from all_views(pattern.url_patterns, here)
        else:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield here, view.__module__


API_PATHS = ("/api/", "/api/v2/pages/", "/api/v3/", "/api/v3/docs/", "/api/v3/openapi.json")
TOKEN_PATHS = ("/cms/api-tokens/", "/cms/api-tokens/new/", "/cms/api/v3/")


def test_a12_no_address_leads_to_an_api_or_to_tokens(operator: Any) -> None:
    apis = ("wagtail.api", "wagtail.users.views.api_tokens", "rest_framework", "ninja")
    assert not [found for found in all_views() if found[1].startswith(apis)]
    assert "cms/users/" in dict(all_views())  # the screens of Wagtail are walked

    client = log_in(operator, secret=SECRET)
    for path in (*API_PATHS, *TOKEN_PATHS):
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"name": "achterdeur", "user": operator.pk}).status_code == 404, path
    for path in API_PATHS:
        assert Client().get(path).status_code == 404, path


def test_a12_no_group_and_no_screen_gives_a_right_to_tokens() -> None:
    ensure_staff_groups()
    tokens = Permission.objects.filter(codename__endswith="apitoken")

    assert Group.objects.exists()
    assert not Group.objects.filter(permissions__in=tokens).exists()
    assert not may_be_handed_out().filter(pk__in=tokens).exists()


def test_a12_a_token_that_somebody_makes_by_hand_opens_nothing(operator: Any) -> None:
    if not hasattr(wagtail.models, "APIToken"):
        pytest.skip("this Wagtail knows no tokens")
    log_in(operator, secret=SECRET)
    assert wagtail.models.APIToken.objects.count() == 0
    assert Permission.objects.filter(codename="add_apitoken").exists()  # what the test above leaves out

    _token, plain = wagtail.models.APIToken.create_token(user=operator, name="achterdeur")

    for path in ("/account/", "/groep/", "/cms/", "/cms/pages/"):
        response = Client().get(path, HTTP_AUTHORIZATION=f"Bearer {plain}")
        assert response.url.startswith(reverse("account:login")), path
    assert Client().get("/api/v3/pages/", HTTP_AUTHORIZATION=f"Bearer {plain}").status_code == 404


def test_a13_everything_under_cms_is_closed_by_default() -> None:
    for path in ("/cms/", "/cms/jsi18n/", "/cms/bestaat-niet/", "/cms/users/", "/cms/pages/", "/cms/sprite-x/"):
        assert Client().get(path).url.startswith(reverse("account:login")), path


def test_a14_two_factors_names_lead_to_our_views() -> None:
    for name in ("login", "setup", "qr", "setup_complete", "backup_tokens", "disable", "profile"):
        match = resolve(reverse(f"two_factor:{name}"))
        assert match.view_name.startswith("account:"), name


def test_a15_passwords_are_hashed_with_argon2() -> None:
    from config.settings import base

    assert base.PASSWORD_HASHERS[0] == "groupspace.accounts.hashers.Argon2Hasher"
    assert make_user("ben").password.startswith("argon2$argon2id")


def test_code_works_once_and_wrong_codes_are_counted(operator: Any) -> None:
    log_in(operator, secret=SECRET)
    again = Client()
    post_password(again, operator)
    Authenticator.objects.update(last_step=2**40)

    for _ in range(5):
        assert post_code(again, code_now()).status_code == 200
    assert post_code(again, code_now()).status_code == 429
    assert not is_logged_in(again)


def test_recovery_code_replaces_the_app_once(operator: Any) -> None:
    code = recovery.renew(operator)[0]
    for expected in (302, 200):
        client = Client()
        post_password(client, operator)
        assert post_code(client, code.lower().replace("-", " "), "backup").status_code == expected
        assert is_verified(client) == (expected == 302)


def test_token_step_cannot_be_skipped(operator: Any) -> None:
    client = Client()
    post_password(client, operator)

    for step in ("token", "backup"):
        for data in ({}, {f"{step}-otp_token": ""}):
            client.post(reverse("account:login"), {"login_view-current_step": step, **data})
    client.get(reverse("account:settings"))

    assert not is_logged_in(client)
