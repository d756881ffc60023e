"""Believes a proxy's word about the visitor only when the request really comes from that proxy."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


class TrustedProxyMiddleware:
    """Takes the visitor's address from a trusted proxy and drops such headers from everybody else.

    Stands first: what comes after it (the https redirect, the limits on log-in) relies on what it leaves.
    An empty REMOTE_ADDR is a Unix socket, which only the proxy can reach; it is trusted when `unix` is in the list.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.unix = "unix" in settings.TRUSTED_PROXIES
        self.networks = [ip_network(item, strict=False) for item in settings.TRUSTED_PROXIES if item != "unix"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = self.visitor(request)
        else:
            for header in FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)

    def trusted(self, address: str) -> bool:
        """Tell whether this address is one of our proxies."""
        if not address:
            return self.unix
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.networks)

    def visitor(self, request: HttpRequest) -> str:
        """Return the last address in the chain that is no proxy of ours: anybody can invent what comes before it."""
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        for address in reversed(chain):
            if not self.trusted(address):
                try:
                    return str(ip_address(address))
                except ValueError:
                    break
        return request.META.get("REMOTE_ADDR", "")
