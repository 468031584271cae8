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
    """Remembers when this process may ring again, in seconds of its monotonic clock."""

    quiet_until: float = 0.0


doorbell = Doorbell()


def wake_worker() -> None:
    """Ask a worker to look, best effort: never raises, rings at most once a second."""
    now = monotonic()
    if now < doorbell.quiet_until:
        return
    doorbell.quiet_until = now + WAKE_EVERY_SECONDS
    try:
        # By name, because the task imports the actions that ring. It expires: a worker that
        # comes back to a heap of old calls finds everything on the first.
        current_app.send_task(SEND_DUE, expires=10, retry=False, ignore_result=True)
    except (OperationalError, OSError):
        doorbell.quiet_until = now + PAUSE_WITHOUT_BROKER_SECONDS
        logger.warning("notification.worker_not_woken", exc_info=True)
