"""Fixtures for tests of step plans."""

from __future__ import annotations

import pytest
from django.test import Client

from knowledgebase.stepplans.models import StepPlanPage, Walk

from .plans import begin, make_plan


@pytest.fixture
def page(db: None) -> StepPlanPage:
    return make_plan()


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def walk(visitor: Client, page: StepPlanPage) -> Walk:
    """A walk that the visitor has just begun."""
    return begin(visitor, page)
