"""What machines ask: is it alive, is it ready, whom do I tell about a leak? No session, no person."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groupspace.notify.worker import heartbeat_age

WORKER_SILENCE = timedelta(minutes=2)
logger = logging.getLogger(__name__)
_migrated = False  # once true it stays true for the life of this process


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. It touches neither database nor cache."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the site can serve people: 200, or 503 with the part that fails.

    A worker that stands still is shown but is no reason to send people away: mail waits, reading goes on.
    """
    parts = {"database": False, "migrations": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = True
        parts["migrations"] = _is_migrated()
        age = heartbeat_age() if parts["migrations"] else None
        parts["worker"] = age is not None and age < WORKER_SILENCE
    except DatabaseError:
        logger.warning("readyz: the database does not answer")
    ready = parts["database"] and parts["migrations"]
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _is_migrated() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell finders of a weakness where to report it (RFC 9116). 404 while the host named nobody."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and not contact.startswith(("mailto:", "https:")):
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep search engines away from everything that is not a public page."""
    closed = (f"Disallow: /{part}/" for part in ("account", "cms", "groep", "weg"))
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.SITE_URL.rstrip('/')}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
