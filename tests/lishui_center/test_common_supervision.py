"""`manage.py serve`: children that die come back, and none is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from lishui_center.common.management.commands.serve import is_free
from lishui_center.common.supervision import Child, end_all

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = (
    "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
)


def until(true, seconds=20):
    """Wait for what other processes do."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def child():
    child = Child("sleeper", SLEEP)
    yield child
    if child.process and child.process.poll() is None:
        child.process.kill()
        child.process.wait()


def test_starts_again_what_was_killed_after_a_pause(child):
    child.tend(clock=100.0)
    first = child.process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    child.tend(clock=101.0)
    child.tend(clock=101.9)
    assert child.process is None
    child.tend(clock=102.0)

    assert child.process.pid != first.pid


def test_waits_longer_each_time_it_ends_soon(child):
    pauses = []
    for clock in (0.0, 100.0, 200.0):
        child.tend(clock)
        child.process.kill()
        child.process.wait()
        child.tend(clock + 1)
        pauses.append(child.start_at - clock - 1)

    assert pauses == [1, 2, 4]


def test_forgets_old_failures_after_a_steady_minute(child):
    child.pause_seconds = 30
    child.tend(clock=0.0)
    child.process.kill()
    child.process.wait()

    child.tend(clock=61.0)

    assert child.start_at == 62.0


def test_kills_what_does_not_listen(monkeypatch, tmp_path, child):
    monkeypatch.setattr("lishui_center.common.supervision.GRACE_SECONDS", 0.2)
    child.command = [sys.executable, "-c", DEAF, str(tmp_path / "deaf")]
    child.tend(clock=0.0)
    until((tmp_path / "deaf").exists)

    end_all([child])

    assert child.process.returncode == -signal.SIGKILL


def test_says_so_when_the_port_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(CommandError, match="is taken"):
            call_command("serve", port=other.getsockname()[1])


@pytest.mark.parametrize("port", [65_536, 70_000])
def test_there_is_no_port_after_the_last(port):
    assert not is_free("127.0.0.1", port)


@pytest.fixture
def system(tmp_path):
    """The whole system as `make run` starts it, with a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DEBUG": "1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: answers(port), seconds=60)
    yield process, port
    process.kill()
    process.wait()


def answers(port):
    """Whether the web process serves."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return response.read() == b"ok"
    except OSError:
        return False


def family(pid):
    """The live descendants of a process, as (pid, start time): pids are used again."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, *rest = stat.read_text().rpartition(")")[2].split()
            if int(parent) == pid and state != "Z":
                child = int(stat.parent.name)
                found |= {(child, rest[17])} | family(child)
    return found


def alive(members):
    """Those of `members` that still run, whoever their parent is now."""
    return {
        (pid, begun)
        for pid, begun in members
        if (stat := Path(f"/proc/{pid}/stat")).exists()
        and (fields := stat.read_text().rpartition(")")[2].split())[19] == begun
        and fields[0] != "Z"
    }


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_leaves_no_process_behind(system, number):
    process, _ = system
    members = family(process.pid)
    assert len(members) >= 4  # gunicorn, a worker of its own, Celery's worker, beat

    process.send_signal(number)

    assert process.wait(30) == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    until(lambda: not alive(members))
