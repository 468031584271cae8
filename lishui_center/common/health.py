"""Is this process alive, and can it do its work? For load balancers and container engines."""

import logging
import os
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
BROKER_PATIENCE_SECONDS = 1.0


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 "ok" as long as this process answers at all; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 with the parts that are down: "database", "broker"."""
    probes = {"database": database_answers, "broker": broker_answers}
    down = [part for part, answers in probes.items() if not is_up(part, answers)]
    if down:
        text = f"down: {', '.join(down)}"
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(text, content_type="text/plain", status=status)
    return HttpResponse("ok", content_type="text/plain")


def is_up(part: str, answers: Callable[[], None]) -> bool:
    """Whether the probe passed; the reason why not goes to the log, not to the caller."""
    try:
        answers()
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("health.down", extra={"part": part, "reason": type(error).__name__})
        return False
    return True


def database_answers() -> None:
    """Raises DatabaseError when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker_answers() -> None:
    """Raises RedisError or OSError, within two seconds, when no task could be handed over.

    A connection of its own instead of Celery's: that one retries for far longer than a probe waits.
    """
    if not settings.REDIS_URL:
        if not os.access(settings.BROKER_DIR / "queue", os.W_OK):
            raise PermissionError
        return
    with Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=BROKER_PATIENCE_SECONDS,
        socket_timeout=BROKER_PATIENCE_SECONDS,
    ) as redis:
        redis.ping()
