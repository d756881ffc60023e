"""A kind that was made just now keeps every promise, before anybody wrote a line in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.subject import (
    ONLY,
    REPO,
)

pytestmark = pytest.mark.contract

FRESH_SETTINGS = """
from config.settings.test import *

INSTALLED_APPS = [*INSTALLED_APPS, "sketchbooks"]
DATABASES["default"].setdefault("TEST", {"NAME": "test_fresh_kind_%(pid)d"})
TESTS_MIGRATE = True
"""

if not ONLY:

    @pytest.mark.long
    def test_fresh_kind_keeps_every_promise(tmp_path):
        (tmp_path / "fresh.py").write_text(FRESH_SETTINGS % {"pid": os.getpid()})
        paths = os.pathsep.join([str(tmp_path), str(REPO), str(REPO / "site")])
        plain = {**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        fresh = {**plain, "DJANGO_SETTINGS_MODULE": "fresh", "KRING_CONTRACT_KIND": "sketchbooks"}
        fresh = {name: value for name, value in fresh.items() if not name.startswith("PYTEST_")}
        manage = [sys.executable, str(REPO / "manage.py")]

        run([*manage, "startkind", "sketchbooks"], plain, tmp_path)
        run([*manage, "makemigrations", "groupspace_sketchbooks"], fresh, tmp_path)
        own_tests = tmp_path / "sketchbooks" / "tests"
        (own_tests / "conftest.py").write_text("from tests.cast import cast\n")
        pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=fresh"]
        output = run([*pytest_, "tests/contract", str(own_tests)], fresh, REPO)

        assert "test_fresh" not in output
        assert re.search(r"\b\d\d passed", output), output

    def test_startkind_refuses_what_would_not_work(tmp_path):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        for name in ("9lives", "mijn-soort", "json"):
            command = [sys.executable, str(REPO / "manage.py"), "startkind", name]
            done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 1
            assert "CommandError" in done.stderr
            assert not list(tmp_path.iterdir())


def run(command: list[str], environment: dict[str, str], cwd: Path) -> str:
    """Run a command that must succeed; returns what it said."""
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
