"""A host that forgot something hears in one sentence what to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import django.contrib.admin
import pytest
import wagtail
from django.apps import AppConfig, apps
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path
from django.views.generic import View
from wagtail.admin import urls
from wagtail.users.apps import WagtailUsersAppConfig

import groupspace
from groupspace.accounts.checks import check_side_doors
from groupspace.apps import GroupspaceConfig
from groupspace.checks import databases
from groupspace.needs import NeedsApps

urlpatterns: list[Any] = []  # of a host that forgot them
SEAL = "groupspace.text.middleware.SealMiddleware"
ACCOUNT = "groupspace.accounts.middleware.AccountMiddleware"
ACTOR = "groupspace.middleware.ActorMiddleware"


def ids() -> set[str]:
    return {message.id for message in run_checks() if message.id.startswith("groupspace")}


def test_this_site_forgot_nothing():
    assert ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ANONYMOUS_USER_NAME", "AnonymousUser", "groupspace.E003"),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.db", "groupspace.accounts.E001"),
        ("AXES_HANDLER", "axes.handlers.database.AxesDatabaseHandler", "groupspace.accounts.E001"),
        ("AXES_DISABLE_ACCESS_LOG", False, "groupspace.accounts.E001"),
        ("WAGTAIL_PASSWORD_RESET_ENABLED", True, "groupspace.accounts.E001"),
        ("TWO_FACTOR_REMEMBER_COOKIE_AGE", 60, "groupspace.accounts.E005"),
    ],
)
def test_wrong_setting_is_named(settings, name, value, expected):
    setattr(settings, name, value)
    assert expected in ids()


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (ACTOR, "groupspace.E001"),
        ("django_otp.middleware.OTPMiddleware", "groupspace.E002"),
        (ACCOUNT, "groupspace.E002"),
        (SEAL, "groupspace.E004"),
        ("groupspace.headers.HeadersMiddleware", "groupspace.W003"),
        ("axes.middleware.AxesMiddleware", "groupspace.accounts.E003"),
    ],
)
def test_missing_middleware_is_named(settings, missing, expected):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != missing]
    assert expected in ids()


def test_middleware_in_the_wrong_order_is_named(settings):
    settings.MIDDLEWARE = [*(name for name in settings.MIDDLEWARE if name != ACCOUNT), ACCOUNT]
    assert "groupspace.E002" in ids()


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("guardian.backends.ObjectPermissionBackend", "groupspace.E005"),
        ("axes.backends.AxesStandaloneBackend", "groupspace.accounts.E002"),
        ("groupspace.accounts.backends.AccountBackend", "groupspace.accounts.E006"),
    ],
)
def test_missing_backend_is_named(settings, missing, expected):
    settings.AUTHENTICATION_BACKENDS = [name for name in settings.AUTHENTICATION_BACKENDS if name != missing]
    assert expected in ids()


def test_missing_addresses_are_named_with_the_line_to_add(settings):
    settings.ROOT_URLCONF = __name__
    found = {message.id: message.msg for message in run_checks() if message.id.startswith("groupspace")}

    assert found.keys() >= {"groupspace.E006", "groupspace.accounts.E004", "groupspace.safety.E001"}
    assert 'path("groep/", include("groupspace.urls"))' in found["groupspace.E006"]


def test_addresses_behind_one_that_catches_all_are_named(settings, monkeypatch):
    everything = path("<path:anything>", View.as_view())
    monkeypatch.setattr(
        "tests.groupspace.test_checks.urlpatterns", [everything, path("groep/", include("groupspace.urls"))]
    )
    settings.ROOT_URLCONF = __name__

    assert "groupspace.E006" in ids()


def test_log_in_of_wagtail_that_is_still_there_is_named(settings, monkeypatch):
    monkeypatch.setattr("tests.groupspace.test_checks.urlpatterns", [path("beheer/", include(urls))])
    settings.ROOT_URLCONF = __name__

    (message,) = [message for message in run_checks() if message.id == "groupspace.accounts.W001"]
    assert "/beheer/login/" in message.msg


def test_admin_of_django_is_refused(monkeypatch):
    monkeypatch.setitem(apps.app_configs, "admin", AppConfig("django.contrib.admin", django.contrib.admin))
    assert [message.id for message in check_side_doors(None)] == ["groupspace.accounts.E007"]


def test_api_of_wagtail_with_its_tokens_is_refused(monkeypatch):
    monkeypatch.setitem(apps.app_configs, "wagtailapi_v3", AppConfig("wagtail.api.v3", wagtail))
    assert [message.id for message in check_side_doors(None)] == ["groupspace.accounts.E008"]


def test_user_screens_of_wagtail_are_refused(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("wagtailusers"), "__class__", WagtailUsersAppConfig)
    assert [message.id for message in check_side_doors(None)] == ["groupspace.accounts.E006"]


def test_database_that_makes_people_wait_is_named(monkeypatch):
    wanting = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "ATOMIC_REQUESTS": True, "OPTIONS": {"timeout": 20}},
    }
    monkeypatch.setattr("groupspace.checks.settings", SimpleNamespace(DATABASES=wanting))
    assert [message.id for message in databases(None)] == ["groupspace.W001", "groupspace.W002"]


def test_missing_app_is_named_before_models_fail():
    class Config(GroupspaceConfig):
        needs = ("groupspace.audit", "app_nobody_has")

    config = Config("groupspace", groupspace)
    config.apps = apps
    with pytest.raises(ImproperlyConfigured, match=r"INSTALLED_APPS; add app_nobody_has\.$"):
        config.import_models()


def test_what_our_apps_need_is_installed_here():
    installed = {config.name for config in apps.get_app_configs()}
    needed = {name for config in apps.get_app_configs() if isinstance(config, NeedsApps) for name in config.needs}

    assert needed
    assert needed <= installed
