"""Keeps child processes running: restarts what crashes, stops all together, leaves nothing behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

QUICK = 10.0  # a child that ends within so many seconds did not really start
ATTEMPTS = 5  # so many times in a row
PATIENCE = 25.0  # seconds to finish requests and tasks after a stop
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process of ours: a name for people and what it runs."""

    name: str
    run: Callable[[], object]
    pid: int = 0
    started: float = 0.0
    quick_ends: int = 0
    due: float = 0.0  # when to start it again

    def start(self) -> None:
        """Fork. The child leads a process group of its own, so that Ctrl-C reaches only the supervisor."""
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid:
            with contextlib.suppress(OSError):
                os.setpgid(self.pid, self.pid)
            return
        code = 1
        try:
            os.setpgid(0, 0)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with(parent)
            self.run()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except BaseException:  # noqa: BLE001 the last frame of this process: report and end
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def signal(self, number: int) -> None:
        """Send a signal to the child and all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


def die_with(parent: int) -> None:
    """Ask Linux for a SIGTERM when the supervisor is killed; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


class Supervisor:
    """Runs children until it is told to stop, or until one of them cannot be kept running."""

    def __init__(self, children: list[Child], say: Callable[[str], object]) -> None:
        self.children = children
        self.say = say
        self.stopping = False

    def run(self) -> bool:
        """Start all, wait, stop all. Return False when a child could not be kept running."""
        before = {number: signal.signal(number, self.on_stop) for number in STOP_SIGNALS}
        kept = True
        try:
            for child in self.children:
                child.start()
            while kept and not self.stopping:
                kept = self.look_after()
                time.sleep(0.1)
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)
        return kept

    def on_stop(self, number: int, frame: FrameType | None) -> None:
        """Note that somebody asked to stop."""
        self.stopping = True

    def look_after(self) -> bool:
        """Restart what ended. Return False when one child ends at once again and again."""
        for child in self.children:
            if child.pid and not self.is_running(child):
                child.pid = 0
                now = time.monotonic()
                child.quick_ends = child.quick_ends + 1 if now - child.started < QUICK else 1
                if child.quick_ends >= ATTEMPTS:
                    self.say(f"The {child.name} stopped {ATTEMPTS} times right after its start; stopping everything.")
                    return False
                child.due = now + min(0.5 * 2**child.quick_ends, 8)
                self.say(f"The {child.name} stopped unexpectedly; starting it again.")
            elif not child.pid and time.monotonic() >= child.due and not self.stopping:
                child.start()
        return True

    def is_running(self, child: Child) -> bool:
        """Collect the child when it ended."""
        try:
            pid, _status = os.waitpid(child.pid, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid:
            child.signal(signal.SIGKILL)  # what it left behind in its group
        return pid == 0

    def stop(self) -> None:
        """Ask all to finish, wait, and end what does not."""
        running = [child for child in self.children if child.pid]
        for child in running:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while running and time.monotonic() < deadline:
            running = [child for child in running if self.is_running(child)]
            time.sleep(0.05)
        for child in running:
            child.signal(signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child.pid, 0)
