"""The worker's part: send what is due, forget what is old."""

import logging

from celery import shared_task
from django.utils import timezone

from lishui_center.notifications import actions
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification
from lishui_center.notifications.waking import SEND_DUE

logger = logging.getLogger(__name__)

BATCH = 50


@shared_task(name=SEND_DUE)
def send_due() -> None:
    """Send until nothing is due; beat calls it every few seconds, writers ring in between."""
    while keys := Notification.objects.awaiting_keys(timezone.now())[:BATCH]:
        for key in keys:
            send_one(key, now=timezone.now())
        logger.info("notification.batch", extra={"messages": len(keys)})


@shared_task(name="notifications.forget_old")
def forget_old() -> None:
    """Keep the message log as long as the rules say; beat calls it every night."""
    count = actions.forget_old(now=timezone.now())
    logger.info("notification.forgotten", extra={"messages": count})
