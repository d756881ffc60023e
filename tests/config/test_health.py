"""Health pages answer machines: no session, no person, nothing to learn."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection

from config import health
from knowledgebase import public_cache


@pytest.fixture(autouse=True)
def forget(monkeypatch):
    """Ask as the first one ever does: this process knows nothing yet."""
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(public_cache, "_memory", {})
    cache.clear()


def test_healthz_asks_no_database_and_no_cache(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert cache.get(public_cache.GENERATION_KEY) is None


def test_readyz_says_ready(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": True, "migrations": True, "worker": False}
    assert response.cookies == {}


def test_readyz_fails_without_migrations(client, db, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", lambda: False)

    assert client.get("/readyz").status_code == 503


def test_readyz_fails_without_database(client, db):
    from django.db import DatabaseError

    def refuse(*args):
        raise DatabaseError("secret host name")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert b"secret" not in response.content


def test_security_txt_names_the_contact(client, settings, db):
    settings.SECURITY_CONTACT = "veilig@example.org"

    text = client.get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:veilig@example.org\n" in text
    assert "Expires: " in text


def test_security_txt_is_absent_without_contact(client, settings, db):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
