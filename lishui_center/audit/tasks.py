"""Sealing and keeping the trail; both are safe to run twice and at once."""

import logging

from celery import shared_task
from django.utils import timezone

from lishui_center.audit.actions import purge_events, seal_events

BATCH = 1000

logger = logging.getLogger(__name__)


@shared_task(name="audit.seal")
def seal() -> None:
    """Seal everything that waits, a batch at a time."""
    while seal_events(limit=BATCH) == BATCH:
        pass


@shared_task(name="audit.purge")
def purge() -> None:
    """Let go of what is older than the retention."""
    count = purge_events(now=timezone.now())
    logger.info("audit.purged", extra={"count": count})
