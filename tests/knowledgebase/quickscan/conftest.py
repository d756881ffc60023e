"""Fixtures for tests of quick scans."""

from __future__ import annotations

import pytest
from django.test import Client

from home.staff import REDACTIE
from knowledgebase.quickscan.models import Entry, QuickScanPage
from tests.home.conftest import make_staff

from .scans import begin, make_scan


@pytest.fixture
def page(db: None) -> QuickScanPage:
    return make_scan()


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def entry(visitor: Client, page: QuickScanPage) -> Entry:
    """Answers that the visitor has just begun."""
    return begin(visitor, page)


@pytest.fixture
def editor(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)
