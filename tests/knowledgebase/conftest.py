"""Fixtures for tests of the public pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from knowledgebase.models import TopicIndexPage, TopicPage
from tests.home.conftest import colleague, redactie, staff  # noqa: F401  fixtures: staff work on these pages too

from .pages import make_index, make_topic


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def index(db: None) -> TopicIndexPage:
    return make_index()


@pytest.fixture
def topic(index: TopicIndexPage) -> TopicPage:
    return make_topic(index)
