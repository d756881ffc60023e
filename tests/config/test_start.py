"""The first start of a fresh clone says only what its reader needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_first_start_warns_of_nothing(tmp_path):
    environment = {"KRING_VAR": str(tmp_path / "var"), "PYTHONPATH": "site", "PATH": os.environ["PATH"]}

    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", "from config.wsgi import application"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
