"""Tell the worker that something is due, cheaply: beat finds it anyway a few seconds later."""

import logging
from dataclasses import dataclass
from time import monotonic

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

SEND_DUE = "notifications.send_due"
# A worker that wakes takes everything that is due, so one call a second and process is enough.
WAKE_EVERY_SECONDS = 1
# A broker that is gone must not cost every request its connection timeout.
PAUSE_WITHOUT_BROKER_SECONDS = 30


@dataclass
class Doorbell:
    """Wakes workers for one task, and remembers when this process may ring again.

    `quiet_until` is in seconds of the process's monotonic clock.
    """

    task: str
    quiet_until: float = 0.0

    def ring(self) -> None:
        """Ask a worker to look, best effort: never raises, rings at most once a second."""
        now = monotonic()
        if now < self.quiet_until:
            return
        self.quiet_until = now + WAKE_EVERY_SECONDS
        try:
            # By name, because the task imports the actions that ring. It expires: a worker that
            # comes back to a heap of old calls finds everything on the first.
            current_app.send_task(self.task, expires=10, retry=False, ignore_result=True)
        except (OperationalError, OSError):
            self.quiet_until = now + PAUSE_WITHOUT_BROKER_SECONDS
            logger.warning("worker.not_woken", extra={"task": self.task}, exc_info=True)


doorbell = Doorbell(SEND_DUE)


def wake_worker() -> None:
    """Ring for what is due to be sent."""
    doorbell.ring()
