"""Production never serves the published demo accounts."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from config.checks import demo_accounts, refuse_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_account():
    account = demo_accounts()[0]
    return get_user_model()._default_manager.create_user(username=account["username"], password=account["password"])


def test_production_refuses_a_demo_account(settings, demo_account):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="Demo accounts are in this database"):
        refuse_demo_accounts()
    assert [error.id for error in run_checks(tags=["database"], databases=["default"])].count("project.E001") == 1


def test_development_allows_a_demo_account(demo_account):
    refuse_demo_accounts()


def test_production_allows_the_same_name_with_another_password(settings, demo_account):
    settings.PRODUCTION = True
    demo_account.set_password("heel-iets-anders-7")
    demo_account.save()

    refuse_demo_accounts()


def test_production_can_migrate_an_empty_database(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setattr(get_user_model()._meta, "db_table", "not_there_yet")

    refuse_demo_accounts()
