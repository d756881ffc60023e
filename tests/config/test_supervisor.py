"""The supervisor restarts what crashes and leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def script(tmp_path, body):
    path = tmp_path / "run.py"
    path.write_text(f"import sys; sys.path.insert(1, {str(ROOT / 'site')!r})\n" + textwrap.dedent(body))
    return subprocess.Popen([sys.executable, path], stdout=subprocess.PIPE, text=True, cwd=tmp_path)


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def pids(tmp_path):
    return [int(line) for line in (tmp_path / "pids").read_text().split()] if (tmp_path / "pids").exists() else []


SLEEPERS = """
    import os, subprocess, sys, time
    from config.supervisor import Child, Supervisor
    def sleeper():
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        with open("pids", "a") as file:
            file.write(f"{os.getpid()}\\n{grandchild.pid}\\n")
        time.sleep(60)
    ok = Supervisor([Child("one", sleeper), Child("two", sleeper)], say=lambda line: print(line, flush=True)).run()
    print("ended well" if ok else "ended badly", flush=True)
"""


def test_supervisor_stops_everything_on_interrupt(tmp_path):
    process = script(tmp_path, SLEEPERS)
    wait_for(lambda: len(pids(tmp_path)) == 4)

    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=20)

    assert output == "ended well\n"
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_supervisor_restarts_a_killed_child(tmp_path):
    process = script(tmp_path, SLEEPERS)
    wait_for(lambda: len(pids(tmp_path)) == 4)

    os.kill(pids(tmp_path)[0], signal.SIGKILL)
    wait_for(lambda: len(pids(tmp_path)) == 6)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)

    assert "stopped unexpectedly; starting it again." in output
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_children_end_when_the_supervisor_is_killed(tmp_path):
    process = script(tmp_path, SLEEPERS)
    wait_for(lambda: len(pids(tmp_path)) == 4)
    children = pids(tmp_path)[::2]

    process.kill()
    process.wait(timeout=20)
    process.stdout.close()

    wait_for(lambda: not any(alive(pid) for pid in children))
    for pid in pids(tmp_path)[1::2]:  # these knew nothing of the supervisor; tidy up
        os.kill(pid, signal.SIGKILL)


def test_supervisor_gives_up_with_one_sentence(tmp_path):
    process = script(
        tmp_path,
        """
        import time
        from config import supervisor
        supervisor.ATTEMPTS = 2
        ok = supervisor.Supervisor(
            [supervisor.Child("worker", lambda: 1 / 0), supervisor.Child("web server", lambda: time.sleep(60))],
            say=lambda line: print(line, flush=True),
        ).run()
        print("ended well" if ok else "ended badly", flush=True)
        """,
    )

    output, _ = process.communicate(timeout=20)

    assert "The worker stopped 2 times right after its start; stopping everything." in output
    assert output.endswith("ended badly\n")
