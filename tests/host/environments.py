"""Virtual environments for the host project: made once for each set of requirements, and kept for the next run."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".venv-host"
OFFLINE = re.compile(r"connection broken|ConnectionError|ConnectTimeout|ReadTimeout|Max retries|name resolution")


class Unreachable(Exception):
    """The package registry does not answer."""


def pip(python: Path, *arguments: str) -> None:
    """Run pip. Raises Unreachable when it cannot reach the registry, and AssertionError for any other failure."""
    command = [str(python), "-m", "pip", *arguments, "-q", "--disable-pip-version-check", "--retries", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and OFFLINE.search(done.stdout + done.stderr):
        raise Unreachable
    assert done.returncode == 0, done.stdout + done.stderr


def pins() -> str:
    """The packages that we ask for ourselves, as we pin them; but for Wagtail, and what each Wagtail asks for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[<>=\[]", line)[0].lower() for line in asked} - {"wagtail"}
    found = re.findall(r"^(([\w.-]+)==[^\s;\\]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    return "".join(f"{pin}\n" for pin, name in found if name in names)


def environment(wagtail: str, wheel: Path) -> Path:
    """Return the Python of an environment with this line of Wagtail, and install the wheel in it."""
    text = pins()
    name = hashlib.sha256(f"{text}{sys.version}".encode()).hexdigest()[:12]
    venv = CACHE / f"wagtail-{wagtail}-{name}"
    python, ready = venv / "bin" / "python", venv / ".ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        (venv / "pins.txt").write_text(text)
        pip(python, "install", f"wagtail=={wagtail}.*", "--constraint", str(venv / "pins.txt"), str(wheel))
        ready.touch()
    pip(python, "install", "--force-reinstall", "--no-deps", str(wheel))
    return python
