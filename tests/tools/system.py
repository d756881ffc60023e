"""Names the Debian packages that the tests need and, as root on Debian, installs them. Needs only Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

POSTGRES_PROGRAMS = "/usr/lib/postgresql/*/bin/initdb"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def missing_packages() -> list[str]:
    """Return the Debian packages of which the program is not there."""
    missing = []
    if not shutil.which("msgfmt"):
        missing.append("gettext")
    if not glob(POSTGRES_PROGRAMS) and not shutil.which("initdb"):  # noqa: PTH207 a pattern with one star in the middle
        missing.append("postgresql")
    if not any(map(shutil.which, CHROMIUM_NAMES)):
        missing.append("chromium")
    if not shutil.which("wrk"):
        missing.append("wrk")  # for `make bench`
    return missing


def main() -> int:
    """Install what is missing where that is possible; where it is not, say so and let the tests skip that part."""
    missing = missing_packages()
    if not missing:
        return 0
    names = " ".join(missing)
    on_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if not (on_debian and os.geteuid() == 0):
        print(f"Missing system packages: {names}. On Debian: sudo apt-get install {names}")
        return 0
    print(f"Installing system packages: {names}", flush=True)
    # A cluster of Debian's own is not needed: the tests make a throw-away one.
    Path("/etc/postgresql-common").mkdir(exist_ok=True)
    config = Path("/etc/postgresql-common/createcluster.conf")
    if "postgresql" in missing and not config.exists():
        config.write_text("create_main_cluster = false\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"apt-get {command[0]} failed; install these packages by hand: {names}")
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
