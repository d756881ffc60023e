"""Logs say what went wrong and where, and nothing about anybody."""

from __future__ import annotations

import io
import logging
import logging.config
import sys
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from config.logs import PrivateFormatter, logging_settings

SECRET = "ik-durf-niet-naar-huis"


def record(name="django.request", message="text", *args, **extra):
    made = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, extra.pop("exc_info", None))
    made.__dict__.update(extra)
    return made


def test_a_request_is_logged_by_its_pattern_only():
    request = RequestFactory().post(f"/groep/{SECRET}/?q={SECRET}", {"text": SECRET}, REMOTE_ADDR="203.0.113.9")
    request.resolver_match = SimpleNamespace(route="groep/<uuid:space>/")

    line = PrivateFormatter().format(record("django.request", "%s: %s", "Error", request.path, request=request))

    assert "POST /groep/<uuid:space>/" in line
    assert SECRET not in line
    assert "203.0.113.9" not in line


def test_an_exception_is_logged_with_places_and_types_without_its_text():
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(f"cannot handle {SECRET}") from error
    except RuntimeError:
        text = PrivateFormatter().format(record(exc_info=sys.exc_info()))

    assert SECRET not in text
    assert "builtins.ValueError" in text
    assert "builtins.RuntimeError" in text
    assert "test_logs.py" in text


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("AXES: %s failed from %s", (SECRET, "203.0.113.9")),
        (f"Invalid HTTP_HOST header: '{SECRET}'.", ()),
        (f"GET /zoeken/?q={SECRET}", ()),
        (f"mail to {SECRET}@example.org bounced", ()),
    ],
)
def test_messages_of_other_packages_lose_their_data(message, arguments):
    assert SECRET not in PrivateFormatter().format(record("axes.handlers", message, *arguments))


def test_our_own_messages_keep_their_arguments():
    assert PrivateFormatter().format(record("groupspace.notify", "%d waiting", 3)).endswith("3 waiting")


def broken(request):
    typed = request.POST["text"]
    logging.getLogger("otherpackage").error("failed for %s", typed)
    raise ValueError(f"no idea what to do with {typed}")


def fine(request):
    return HttpResponse("ok")


urlpatterns = [path("kapot/", broken), path("goed/", fine)]
handler500 = "tests.config.test_logs.plain_error"


def plain_error(request):
    return HttpResponse("Er ging iets mis.", status=500)


@pytest.mark.urls("tests.config.test_logs")
@pytest.mark.django_db
def test_an_error_page_leaves_no_trace_of_what_was_posted(client, mailoutbox, settings):
    settings.MIDDLEWARE = []
    settings.ADMINS = [("a", "admin@example.org")]
    stream = io.StringIO()
    config = logging_settings("DEBUG")
    config["handlers"]["console"]["stream"] = stream
    before = {name: (log.handlers[:], log.level, log.propagate) for name, log in loggers(config).items()}
    client.raise_request_exception = False
    try:
        logging.config.dictConfig(config)
        response = client.post(f"/kapot/?zoek={SECRET}", {"text": SECRET}, REMOTE_ADDR="203.0.113.9")
    finally:
        for name, log in loggers(config).items():
            log.handlers, log.level, log.propagate = before[name]

    output = stream.getvalue()
    assert response.status_code == 500
    assert "500 POST /kapot/" in output
    assert "builtins.ValueError" in output
    assert "failed for %s" in output
    assert SECRET not in output
    assert "203.0.113.9" not in output
    assert mailoutbox == []


def loggers(config):
    return {name: logging.getLogger(name) for name in [None, *config["loggers"]]}
