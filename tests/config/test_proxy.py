"""Only a proxy we know is believed about where a visitor comes from."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.proxy import TrustedProxyMiddleware


def seen(settings, proxies, **headers):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", **headers)
    TrustedProxyMiddleware(lambda _: HttpResponse())(request)
    return request.META


@pytest.mark.parametrize(
    ("remote", "chain", "visitor"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
    ],
)
def test_visitor_is_the_last_address_that_is_no_proxy(settings, remote, chain, visitor):
    meta = seen(settings, ["10.0.0.0/8"], REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=chain)

    assert meta["REMOTE_ADDR"] == visitor


def test_a_stranger_cannot_claim_https(settings):
    meta = seen(settings, ["10.0.0.1"], REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_PROTO="https")

    assert "HTTP_X_FORWARDED_PROTO" not in meta


def test_a_unix_socket_is_trusted_only_when_named(settings):
    claim = {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}

    assert seen(settings, ["unix"], **claim)["REMOTE_ADDR"] == "203.0.113.9"
    assert seen(settings, ["10.0.0.1"], **claim)["REMOTE_ADDR"] == ""
