"""Starting the servers under test, and reading from /proc what they use."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import backends

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class Server:
    """A process tree that listens on `port`."""

    port: int
    pid: int
    database: str

    def workers(self) -> list[int]:
        """The processes that answer: the children of the one we started."""
        return descendants(self.pid)

    def backends(self) -> list[int]:
        """The database's processes that serve this server."""
        return backends(self.database) if self.database else []


@contextmanager
def serving(command: list[str], *, log: Path, env: Mapping[str, str]) -> Iterator[Server]:
    """Run the server on a free port while the block runs; its output goes to `log`."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the commands are ours
            command,
            env={**env, "PORT": str(port), "UVICORN_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_it_listens(process, port, log)
            yield Server(port, process.pid, env.get("DATABASE_URL", ""))
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def gunicorn(*app: str) -> list[str]:
    """Our own gunicorn settings, for the app given or for ours."""
    return [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", *app]


def uvicorn() -> list[str]:
    """The process of the event streams, as `manage.py serve` starts it."""
    quiet = ["--no-access-log", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", "lishui_center.asgi:application", *quiet]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def descendants(pid: int) -> list[int]:
    """The children of a process and theirs."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    children = [int(child) for child in listed]
    return children + [deeper for child in children for deeper in descendants(child)]


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of the processes, of all their threads."""
    return sum(_ticks(pid) for pid in pids) / TICKS


@dataclass(frozen=True)
class Memory:
    """Megabytes of some processes; `once` counts a page that they share only once."""

    processes: int
    resident: float
    once: float


def memory_of(pids: list[int]) -> Memory:
    """What the processes hold in memory."""
    totals = {"Rss": 0, "Pss": 0}
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, _, amount = line.partition(":")
            if name in totals:
                totals[name] += int(amount.split()[0])
    return Memory(len(pids), round(totals["Rss"] / 1024), round(totals["Pss"] / 1024))


def _ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    # The name in brackets may hold spaces; utime and stime are the 14th and 15th fields.
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the port answers.

    Raises:
        RuntimeError: it ended or took too long; with its output.
    """
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text()[-2000:])
