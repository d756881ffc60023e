"""Tasks for the tests: they leave a line in a file, so that a second run can be seen."""

import time
from pathlib import Path

from django_tasks import TaskContext, task


@task()
def write_line(path: str, line: str, seconds: float = 0) -> str:
    """Write a line, then take some time, then write that it is done."""
    with Path(path).open("a") as file:
        file.write(f"{line}\n")
    if seconds:
        time.sleep(seconds)
        with Path(path).open("a") as file:
            file.write(f"{line} done\n")
    return line


@task(takes_context=True)
def fail(context: TaskContext, message: str) -> None:
    """Fail with a message that quotes what somebody wrote."""
    raise ValueError(f"attempt {context.attempt}: {message}")


def nothing() -> None:
    """Not a task."""
