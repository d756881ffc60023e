"""Helps tests to search: brings the index up to date and asks the real page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from knowledgebase import public_cache
from knowledgebase.search.actions import rebuild


def index_now() -> None:
    """Make the index; after a test's transaction the site would do so by itself."""
    rebuild()
    public_cache.bump()


def ask(client: Client, query: str = "", **state: Any) -> HttpResponse:
    """The search page for this question."""
    response = client.get(reverse("knowledgebase:search"), {"q": query, **state})
    assert response.status_code == 200
    return response


def found(client: Client, query: str = "", **state: Any) -> list[str]:
    """The titles of the first page of results, best first."""
    return [entry.title for entry in ask(client, query, **state).context["results"] or ()]
