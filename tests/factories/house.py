"""The house as separate processes, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[2]
WORKER = ("-m", "celery", "-A", "lishui_center", "worker", "--pool=solo", "--loglevel=WARNING")


class House:
    """Starts Python processes of the project with their files under `var`."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.var = var
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lishui_center.settings",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(var),
            # Workers read the real clock; what they send shall not depend on the hour.
            "QUIET_FROM": "00:00",
            "QUIET_UNTIL": "00:00",
            **environment,
        }
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A process in a group of its own; what it says goes to `var`/log."""
        with (self.var / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def run(self, code: str) -> None:
        """Run the code with Django set up, to its end."""
        process = self.start("-c", f"import django; django.setup()\n{code}")
        assert process.wait(60) == 0, (self.var / "log").read_text("utf-8")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL the process and all it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def clear(self) -> None:
        """Leave nothing running."""
        for process in self._running:
            self.kill(process)


@contextmanager
def house(var: Path, **environment: str) -> Iterator[House]:
    """A house whose processes end with the block."""
    built = House(var, **environment)
    try:
        yield built
    finally:
        built.clear()


def wait_until(happened: Callable[[], object], *, seconds: float = 30) -> None:
    """Poll for what other processes do."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def database_url() -> str:
    """Where other processes find the database of the test."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    at = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    return f"postgres://{at}/{database['NAME']}"
