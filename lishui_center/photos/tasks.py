"""The worker's part: unfinished forms leave photos behind."""

import logging

from celery import shared_task
from django.utils import timezone

from lishui_center.photos import actions

logger = logging.getLogger(__name__)


@shared_task(name="photos.remove_unused")
def remove_unused() -> None:
    """Every night."""
    count = actions.remove_unused(now=timezone.now())
    logger.info("photos.unused_removed", extra={"photos": count})
