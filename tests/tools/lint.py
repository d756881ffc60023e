"""Runs every check on the code, also after one fails, and prints one line for each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = sys.executable
TEMPLATES = sorted(
    str(path)
    for root in ("groupspace", "knowledgebase", "intervision", "site")
    for path in Path(root).glob("**/templates/**/*.html")
)
CHECKS: dict[str, list[str | Path]] = {
    "style": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "templates": [BIN / "djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "import direction": [BIN / "lint-imports", "--no-logo"],
    "types": [BIN / "mypy"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "manage.py", "messages", "--check", "--complete"],
    "layout": [PYTHON, "-m", "pytest", "-q", "-p", "no:randomly", "tests/test_layout.py"],
}


def main(names: list[str]) -> int:
    """Run the named checks, or all. Return how many failed, at most 1."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f".{os.pathsep}site"}
    failed = 0
    for name, command in CHECKS.items():
        if names and name.split()[0] not in names:
            continue
        start = time.monotonic()
        done = subprocess.run(
            [str(part) for part in command], env=environment, capture_output=True, text=True, check=False
        )
        print(f"{name:<17} {'FAILED' if done.returncode else 'ok'}  ({time.monotonic() - start:.0f} s)", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout + done.stderr, flush=True)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
