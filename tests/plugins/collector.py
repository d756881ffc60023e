"""Keeps Python's collector away from what all tests share: visiting that again and again takes a fifth of a run."""

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
