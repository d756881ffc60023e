"""Error pages: in the same design, with a next step, and standing when nothing else does."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404
from django.test import Client, RequestFactory

from theme import errors


def request():
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    request.session = {}
    return request


@pytest.mark.django_db
def test_403_gives_the_reason_in_words():
    response = errors.forbidden(request(), PermissionDenied("Dit gesprek is gesloten."))

    assert response.status_code == 403
    assert "Dit gesprek is gesloten." in response.content.decode()


@pytest.mark.django_db
def test_403_without_reason_still_says_what_to_do():
    content = errors.forbidden(request(), PermissionDenied()).content.decode()

    assert "Log dan eerst in" in content


@pytest.mark.django_db
def test_404_never_repeats_the_exception():
    response = errors.not_found(request(), Http404("Space Rouwgroep matches nothing"))

    assert response.status_code == 404
    assert "Rouwgroep" not in response.content.decode()


def test_broken_page_needs_no_database_no_user_and_no_session(settings):
    settings.CACHES = {"default": {"BACKEND": "there.is.no.Such"}}

    response = errors.server_error(RequestFactory().get("/"))  # no database mark: a query would fail the test

    content = response.content.decode()
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert 'href="tel:112"' in content
    assert "data-gs-exit" in content


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection already closed")])
def test_database_that_is_away_gives_503_without_a_word_of_the_error(error):
    def away(*_statement):
        raise error

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(away):
        response = client.get("/lees/zoek-maar/")

    content = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "We zijn zo terug" in content
    assert 'href="tel:112"' in content
    assert str(error) not in content


def test_page_for_the_web_server_in_front_is_a_whole_page(capsys):
    call_command("error_page")

    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "We zijn zo terug" in page


def test_broken_page_falls_back_to_words_when_static_files_are_missing(settings, monkeypatch):
    monkeypatch.setattr(errors, "get_template", lambda _name: (_ for _ in ()).throw(ValueError("missing")))

    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "112" in response.content.decode()


@pytest.mark.django_db
def test_an_error_page_says_where_one_is():
    for response, name in (
        (errors.forbidden(request(), PermissionDenied()), "Dit mag niet"),
        (errors.not_found(request(), Http404()), "Niet gevonden"),
    ):
        crumbs = BeautifulSoup(response.content, "html.parser").select(".gs-crumbs li")
        assert [crumb.get_text() for crumb in crumbs] == ["Start", name]


@pytest.mark.django_db
def test_unknown_address_gives_our_404(client):
    response = client.get("/bestaat-niet-echt/")

    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()
