"""A throw-away PostgreSQL cluster on a socket of its own, for one test run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user
# Speed over safety: this data is worth nothing after the run.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "100",
}


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl of the newest PostgreSQL here, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


@contextmanager
def throwaway_cluster(bin_dir: Path) -> Iterator[str]:
    """Start a cluster in a temporary folder, yield its DATABASE_URL, stop it and remove everything."""
    as_root = os.geteuid() == 0
    # A short path: the name of a socket may have 107 letters at most.
    folder = Path(tempfile.mkdtemp(prefix="kring-pg-", dir="/tmp"))
    data = folder / "data"
    if as_root:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(*command: str | Path) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            user=OWNER if as_root else None,
            group=OWNER if as_root else None,
            extra_groups=[] if as_root else None,
        )

    try:
        run(bin_dir / "initdb", "-D", data, "-U", "kring", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        run(bin_dir / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{options} -k {folder}", "start")
        try:
            yield f"postgres://kring@/{folder}/postgres"
        finally:
            run(bin_dir / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
