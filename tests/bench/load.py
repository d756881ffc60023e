"""Puts load on one page with wrk and reads from /proc what it cost the server."""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
SCRIPT = Path(__file__).with_name("load.lua")
ATTEMPTS = 4
MOST_OF_ONE = 0.8  # of the processor time, for one of the processes
BARE, PLAIN = "bare", "plain"  # what a page is compared to: the bare view, a plain Wagtail page


@dataclass
class Target:
    """One page of one server. Only loopback: the port is all there is to choose.

    Attributes:
        paths: taken in turn, as are the bodies; with bodies it is a POST.
        expect: what the answer must hold (a GET) or where it must lead to (a POST): an error page is fast too.
        pids: the server, and the database where it is a process of its own.
        clients: how many ask at a time; 0 for as many as the run says.
        floor: what it is compared to.
    """

    name: str
    port: int
    pids: list[int]
    paths: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    expect: str = ""
    statements: int | None = None
    clients: int = 0
    floor: str = BARE
    sent: int = 0
    rounds: list[dict[str, float]] = field(default_factory=list)

    def median(self, figure: str) -> float:
        """The median over the rounds. Raises StatisticsError when nothing was measured."""
        return statistics.median(found[figure] for found in self.rounds)

    def check(self) -> str:
        """Ask each page once; return what is wrong, or nothing."""
        for path in self.paths:
            body = self.bodies[self.sent] if self.bodies else None
            self.sent += bool(self.bodies)
            answer, content = self._answer(path, body)
            good = answer.status == (302 if body else 200)
            if not good or self.expect not in (answer.headers["Location"] if body else content.decode()):
                return f"{self.name}: {path} answered {answer.status}"
        return ""

    def _answer(self, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST" if body else "GET", path, body, self.headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def load(self, seconds: float, connections: int, *, keep: bool = True) -> None:
        """Ask for this page without pause for a while. `keep`: False for warming up.

        Connections stay open, and the processes take them as they come: now and then one process takes all of them
        and the other stands idle. That says nothing about a page, so it is measured again.
        """
        for _attempt in range(ATTEMPTS):
            _wait_until_idle(self.pids)
            before = _cpu(self.pids)
            found = self._wrk(seconds, connections)
            self.sent += int(found["requests"]) + connections
            _wait_until_idle(self.pids)
            spent = [now - before.get(pid, 0) for pid, now in _cpu(self.pids).items()]
            # Of a reply only the processor time counts, and there is a limited number of forms to send.
            if self.bodies or connections == 1 or max(spent) < MOST_OF_ONE * sum(spent):
                break
        if keep:
            found["rps"] = found["requests"] * 1e6 / found["us"]
            found["cpu_ms"] = sum(spent) * 1000 / found["requests"]
            self.rounds.append(found)

    def compare(self, floor: Target) -> None:
        """Keep what the last round is of the floor's, which was measured just before."""
        if self.rounds:
            for figure in ("rps", "cpu_ms"):
                self.rounds[-1][f"of_floor_{figure}"] = self.rounds[-1][figure] / floor.rounds[-1][figure]

    def length(self) -> int:
        """How long the first page is, in bytes."""
        return len(self._answer(self.paths[0])[1])

    def _wrk(self, seconds: float, connections: int) -> dict[str, Any]:
        lines = {
            "BENCH_PATHS": self.paths,
            "BENCH_BODIES": self.bodies,
            "BENCH_HEADERS": [f"{name}: {value}" for name, value in self.headers.items()],
        }
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "BENCH_START": str(self.sent)}
            for name, found in lines.items():
                file = Path(folder, name)
                file.write_text("\n".join(found))
                environment[name] = str(file)
            duration = f"{max(round(seconds), 1)}s"
            command = ["wrk", "-t1", f"-c{connections}", f"-d{duration}", "--timeout", "30s", "-s", str(SCRIPT)]
            done = subprocess.run(
                [*command, f"http://127.0.0.1:{self.port}"],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=seconds + 60,
            )
        line = re.search(r"^BENCH (.*)$", done.stdout, re.MULTILINE)
        assert line, done.stdout + done.stderr
        result: dict[str, Any] = json.loads(line[1])
        return result


def _tree(roots: list[int]) -> set[int]:
    """These processes and all that they started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(roots: list[int]) -> dict[int, float]:
    """Seconds of processor time, user and system, of each of these processes and of their children."""
    return {pid: sum(map(int, stat[11:15])) / TICKS for pid in _tree(roots) if (stat := _stat(pid))}


def _wait_until_idle(pids: list[int]) -> None:
    """Let the server work off what an ended load left in its queue; else the next page pays for it."""
    last, quiet, end = sum(_cpu(pids).values()), 0, time.monotonic() + 15
    while quiet < 2 and time.monotonic() < end:
        time.sleep(0.15)
        now = sum(_cpu(pids).values())
        quiet = quiet + 1 if now - last <= 0.02 else 0
        last = now
