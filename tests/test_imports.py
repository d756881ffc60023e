"""The direction of imports is guarded: `make lint` notices when an app reaches for the site, or a kind for a kind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = Path(sys.executable).with_name("lint-imports")
WRONG = {
    "Apps never import the site": ("groupspace/forum/rows.py", "def late():\n    from users.models import User\n"),
    "groupspace and knowledgebase know nothing of each other": (
        "knowledgebase/blocks.py",
        "import groupspace.policy\n",
    ),
    "Kinds and the list of groups never import each other": (
        "groupspace/listing/models.py",
        "import groupspace.forum\n",
    ),
    "The core does not know kinds and services": ("groupspace/policy/registry.py", "import groupspace.forum.models\n"),
    "The rules are asked through groupspace.policy alone": (
        "groupspace/polls/rows.py",
        "import groupspace.policy.registry\n",
    ),
    "The ground floor knows nothing above it": ("groupspace/audit/log.py", "import groupspace.models\n"),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint says about a copy of the code in which each of these rules is broken once."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("groupspace", "knowledgebase", "intervision", "site"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, line in WRONG.values():
        with (copy / name).open("a") as file:
            file.write(line)
    environment = {**os.environ, "PYTHONPATH": f".{os.pathsep}site", "COLUMNS": "200"}
    done = subprocess.run(
        [LINT, "--no-cache", "--no-logo"], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("contract", WRONG)
def test_import_in_the_wrong_direction_is_noticed(output, contract):
    assert f"{contract} BROKEN" in output


def test_the_code_itself_breaks_none():
    environment = {**os.environ, "PYTHONPATH": f".{os.pathsep}site"}
    done = subprocess.run([LINT, "--no-logo"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
