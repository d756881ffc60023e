"""Who leads the groups that people come in to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import make_professional


@pytest.fixture
def leader(db: None) -> Any:
    return make_professional("leider")
