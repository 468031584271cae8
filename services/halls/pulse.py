"""Telling other processes at once that a centre's queue changed.

Best effort: whoever listens also looks at HallPulse every second, so a lost call costs a second.
"""

import logging
import time
from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

CHANNEL = "hall:{}"
PATIENCE_SECONDS = 0.5
# A Redis that is gone must not cost every call its time-out.
PAUSE_SECONDS = 30.0


class Announcer:
    """Publishes to Redis, and leaves it alone for a while when it does not answer."""

    def __init__(self, url: str) -> None:
        # Redis' own retries would keep a clerk waiting for seconds.
        self._redis = Redis.from_url(
            url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._quiet_until = 0.0

    def publish(self, centre_id: int) -> None:
        """Say so on the centre's channel, or nothing."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._redis.publish(CHANNEL.format(centre_id), "changed")
        except RedisError:
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("hall.redis_gone")


@cache
def _announcer(url: str) -> Announcer:
    return Announcer(url)


def announce(centre_id: int) -> None:
    """Wake the live pages of the centre; without Redis they look by themselves."""
    if settings.REDIS_URL:
        _announcer(settings.REDIS_URL).publish(centre_id)
