"""Runs all tests in three parts (SQLite, PostgreSQL, browser) and prints one line per part."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests.tools import postgres
from tests.tools.system import BROWSER, how_to_install, missing_packages

PARALLEL = ["-n", os.environ.get("KRING_TEST_PROCESSES", "2")]
# What a person has set for a site of their own must not steer the tests.
FOREIGN = {"DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "KRING_VAR", "REDIS_URL"}
NO_TESTS = 5  # pytest's exit code when the selection holds no test


@dataclass
class Part:
    """What one part of the run came to."""

    name: str
    seconds: float = 0.0
    code: int = 0
    skipped: str = ""

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.name:<12} skipped: {self.skipped}"
        return f"{self.name:<12} {'passed' if self.code == 0 else 'FAILED'} in {self.seconds:.0f} s"


def pytest(name: str, *arguments: str, database: str | None = None) -> Part:
    """Run pytest in a process of its own, on SQLite unless another database is given."""
    environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    environment["KRING_TEST_PART"] = name
    if database:
        environment["DATABASE_URL"] = database
    print(f"\n=== {name} ===", flush=True)
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False)
    # A selection in ARGS may leave a part empty; that is no failure. Without a selection it would be one.
    code = 0 if done.returncode == NO_TESTS and len(sys.argv) > 1 else done.returncode
    return Part(name, time.monotonic() - start, code)


def main(arguments: list[str]) -> int:
    """Run the three parts, each also when an earlier one failed. Return 0 when all that ran passed."""
    parts = [pytest("SQLite", *PARALLEL, "-m", "not e2e and not bench", *arguments)]
    with ExitStack() as stack:
        bin_dir = postgres.programs()
        if bin_dir:
            url = stack.enter_context(postgres.throwaway_cluster(bin_dir))
            # The bare host project has databases of its own: once is enough.
            selection = "not e2e and not bench and not host"
            parts.append(pytest("PostgreSQL", *PARALLEL, "-m", selection, *arguments, database=url))
        else:
            parts.append(Part("PostgreSQL", skipped=how_to_install(["postgresql"])))
    if missing := missing_packages(*BROWSER):
        parts.append(Part("Browser", skipped=how_to_install(missing)))
    else:
        parts.append(pytest("Browser", *PARALLEL, "-m", "e2e", *arguments))

    print("\n=== Summary ===", *parts, sep="\n")
    failed = sum(part.code != 0 for part in parts)
    skipped = sum(bool(part.skipped) for part in parts)
    print(f"{len(parts) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
