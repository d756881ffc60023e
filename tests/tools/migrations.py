"""Writes migrations with the oldest Wagtail we support: those of a newer one name settings that it does not know."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv-oldest")
WAGTAIL = "wagtail>=7.4,<7.5"
PINS = Path("requirements.txt")


def main(arguments: list[str]) -> int:
    """Make the virtual environment once for what is pinned, then run makemigrations in it."""
    python = VENV / "bin" / "python"
    stamp = VENV / ".ready"
    if not stamp.exists() or stamp.read_text() != PINS.read_text():
        print(f"Installing {WAGTAIL} in {VENV} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        pip = [str(python), "-m", "pip", "install", "-qq"]
        # Everything as pinned, but for Wagtail and what it needs otherwise.
        subprocess.run([*pip, "--require-hashes", "-r", PINS], check=True)
        subprocess.run([*pip, WAGTAIL], check=True)
        stamp.write_text(PINS.read_text())
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run([python, "manage.py", "makemigrations", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
