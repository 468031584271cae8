"""The worker's part: write what is due, remove what was kept long enough."""

import logging

from celery import shared_task
from django.utils import timezone

from lishui_center.exports import actions
from lishui_center.exports.work import make

logger = logging.getLogger(__name__)


@shared_task(name=actions.WRITE_DUE)
def write_due() -> None:
    """Write until nothing is due; beat calls it every few seconds, who asks rings in between."""
    while export := actions.claim_next(now=timezone.now()):
        make(export)


@shared_task(name="exports.remove_expired")
def remove_expired() -> None:
    """Every hour: what was kept for a day goes."""
    count = actions.remove_expired(now=timezone.now())
    logger.info("export.removed", extra={"exports": count})
