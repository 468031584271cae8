"""Keep a few child processes running, and end them all together."""

import logging
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
GRACE_SECONDS = 20.0


@dataclass
class Child:
    """One command that is started again whenever it ends, later each time it ends soon."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause_seconds: float = field(default=FIRST_PAUSE_SECONDS)

    def tend(self, clock: float) -> None:
        """Start it when it is due; plan the next start when it has just ended."""
        if self.process is None:
            if clock >= self.start_at:
                self.start(clock)
        elif (code := self.process.poll()) is not None:
            logger.warning("serve.child_ended", extra={"child": self.name, "exit_code": code})
            self.process = None
            if clock - self.started_at >= STEADY_SECONDS:
                self.pause_seconds = FIRST_PAUSE_SECONDS
            self.start_at = clock + self.pause_seconds
            self.pause_seconds = min(self.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def start(self, clock: float) -> None:
        """Run the command in a process group of its own, where Ctrl-C reaches only us."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            [*ending_with_parent(), *self.command], process_group=0
        )
        self.started_at = clock
        logger.info("serve.child_started", extra={"child": self.name, "pid": self.process.pid})

    def end(self, deadline: float) -> None:
        """Wait until `deadline` for it to finish what it was asked to; then kill its group."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("serve.child_killed", extra={"child": self.name})
            # Popen made the child its group's leader: its pid names the group.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def ending_with_parent() -> list[str]:
    """Where the system can (Linux), a prefix by which a child ends even if we are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def keep_running(children: Sequence[Child]) -> None:
    """Tend the children until SIGINT or SIGTERM; returns when none of them is left."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    try:
        while not stop.wait(LOOK_SECONDS):
            for child in children:
                child.tend(time.monotonic())
    finally:
        end_all(children)


def end_all(children: Sequence[Child]) -> None:
    """Ask all at once, so that together they take no longer than the slowest one."""
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.end(deadline)
