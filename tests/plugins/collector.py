"""Keeps Python's collector away from what all tests share: it takes a fifth of the run to visit that again and again."""

from __future__ import annotations

import gc

import pytest

SELDOM = (20_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Everything is imported now, and stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
