"""A place of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """The folder with the files of members."""
    folder = tmp_path / "private"
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": folder}}
    return folder


@pytest.fixture
def storage(settings: Any, place: Path) -> Callable[..., None]:
    """`storage(ACCEL="/x/")`: change settings of the storage."""

    def change(**keys: Any) -> None:
        settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": place, **keys}}

    return change


def kept(folder: Path) -> list[Path]:
    """Every file that stands there."""
    return [path for path in folder.rglob("*") if path.is_file()]
