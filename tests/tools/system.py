"""Names the Debian packages that the tests need and, as root on Debian, installs them. Needs only Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from glob import glob
from pathlib import Path

POSTGRES_PROGRAMS = "/usr/lib/postgresql/*/bin/initdb"
# Chromium without windows first: the other draws an interface of its own for each tab, which nobody sees.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# Each Debian package the tests need, and how to see that what they use of it is there.
PACKAGES: dict[str, Callable[[], object]] = {
    "gettext": lambda: shutil.which("msgfmt"),
    "postgresql": lambda: glob(POSTGRES_PROGRAMS) or shutil.which("initdb"),  # noqa: PTH207 a star in the middle
    "redis-server": lambda: shutil.which("redis-server"),
    "chromium-headless-shell": lambda: any(map(shutil.which, CHROMIUM_NAMES)),
    "libatomic1": lambda: sys.platform != "linux" or find_library("atomic"),  # for Playwright's own driver
    # What WeasyPrint draws PDF documents with.
    "libpango-1.0-0": lambda: find_library("pango-1.0"),
    "libpangoft2-1.0-0": lambda: find_library("pangoft2-1.0"),
    "libharfbuzz-subset0": lambda: find_library("harfbuzz-subset"),
    "fonts-dejavu-core": lambda: glob("/usr/share/fonts/**/DejaVuSans.ttf", recursive=True),  # noqa: PTH207
    "wrk": lambda: shutil.which("wrk"),  # for `make bench`
}
BROWSER = ("chromium-headless-shell", "libatomic1")


def missing_packages(*names: str) -> list[str]:
    """Return which of these Debian packages, or of all, are not there."""
    return [name for name in names or PACKAGES if not PACKAGES[name]()]


def how_to_install(missing: list[str]) -> str:
    """Return what is missing and how to get it, as one sentence."""
    names = " ".join(missing)
    return f"missing {names} (on Debian: sudo apt-get install {names})"


def main() -> int:
    """Install what is missing where that is possible; where it is not, say so and let the tests skip that part."""
    missing = missing_packages()
    if not missing:
        return 0
    names = " ".join(missing)
    on_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if not (on_debian and os.geteuid() == 0):
        print(f"System packages: {how_to_install(missing)}")
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
