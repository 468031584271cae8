"""One look at the database for all open streams of this process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from contextvars import Context

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from services.halls.models import HallPulse
from services.halls.pulse import CHANNEL, PATIENCE_SECONDS

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
# Proxies and phones drop a connection on which nothing is said.
HEARTBEAT_SECONDS = 15.0


class Hub:
    """Wakes the listeners of each centre whose pulse has risen."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._pulses: dict[int, int] = {}
        self._watching: asyncio.Task[None] | None = None

    async def changes(self, centre_id: int) -> AsyncIterator[bool]:
        """True whenever the centre's queue changed, False when it is time for a heartbeat."""
        woken = asyncio.Event()
        self._listeners[centre_id].add(woken)
        if self._watching is None or self._watching.done():
            # A context of its own: the request's ends with the stream that came first.
            self._watching = asyncio.create_task(self._watch(), context=Context())
        try:
            yield True  # What changed before the stream began is shown at once.
            while True:
                try:
                    await asyncio.wait_for(woken.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield False
                else:
                    woken.clear()
                    yield True
        finally:
            self._listeners[centre_id].discard(woken)
            if not self._listeners[centre_id]:
                del self._listeners[centre_id]

    async def _watch(self) -> None:
        """Look twice a second, and at once when Redis says so, while anybody listens."""
        async with _Bell() as bell:
            while self._listeners:
                await bell.wait(LOOK_SECONDS)
                try:
                    await self._look()
                except DatabaseError:
                    logger.warning("hall.database_gone")

    async def _look(self) -> None:
        centre_ids = list(self._listeners)
        for centre_id, pulse in (await asyncio.to_thread(_read_pulses, centre_ids)).items():
            if self._pulses.get(centre_id) != pulse:
                self._pulses[centre_id] = pulse
                for woken in self._listeners.get(centre_id, ()):
                    woken.set()


class _Bell:
    """Redis' word that a queue changed; without Redis a plain pause."""

    def __init__(self) -> None:
        # One try and no long wait: without Redis' word the look comes half a second later.
        self._redis = (
            Redis.from_url(
                settings.REDIS_URL,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
            if settings.REDIS_URL
            else None
        )
        self._calls = self._redis.pubsub() if self._redis else None

    async def __aenter__(self) -> "_Bell":
        return self

    async def __aexit__(self, *_error: object) -> None:
        with suppress(RedisError, OSError):
            if self._calls:
                await self._calls.aclose()  # type: ignore[no-untyped-call]  # redis has no type here
            if self._redis:
                await self._redis.aclose()

    async def wait(self, seconds: float) -> None:
        """Return after so long, or as soon as a queue changed."""
        if self._calls is None:
            await asyncio.sleep(seconds)
            return
        try:
            if not self._calls.subscribed:
                await self._calls.psubscribe(CHANNEL.format("*"))
            await self._calls.get_message(ignore_subscribe_messages=True, timeout=seconds)
        except (RedisError, OSError):
            await asyncio.sleep(seconds)


def _read_pulses(centre_ids: list[int]) -> dict[int, int]:
    close_old_connections()
    return dict(HallPulse.objects.filter(pk__in=centre_ids).values_list("pk", "version"))


hub = Hub()
