"""Pins the newest allowed packages: requirements.txt to run the site, requirements-dev.txt for the rest."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

RUN, DEV = Path("requirements.txt"), Path("requirements-dev.txt")
COMPILE = [
    "uv", "pip", "compile", "pyproject.toml", "--extra", "site", "--python-version", "3.11", "--generate-hashes",
    "--upgrade", "--quiet", "--no-header", "--annotation-style", "line",
    # Where packages come from is the reader's choice, never this file's.
    "--no-emit-index-url", "--no-emit-find-links",
]  # fmt: skip
HEADER = "# Made by `make requirements` from pyproject.toml; do not edit.\n"


def compile_into(path: Path, head: str, *options: str) -> None:
    """Write one requirements file."""
    done = subprocess.run([sys.executable, "-m", *COMPILE, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    pins = done.stdout.partition("\n# The following packages were excluded")[0].rstrip() + "\n"
    path.write_text(HEADER + head + pins)


def names(path: Path) -> list[str]:
    """Return the names of the packages pinned in a requirements file."""
    return re.findall(r"^([\w.-]+)==", path.read_text(), re.MULTILINE)


def main() -> None:
    """Write both files."""
    compile_into(RUN, "")
    already = [f"--no-emit-package={name}" for name in names(RUN)]
    compile_into(DEV, f"-r {RUN}\n", "--group", "dev", "--constraint", str(RUN), *already)
    for path in (RUN, DEV):
        print(f"{path}: {len(names(path))} packages")


if __name__ == "__main__":
    main()
