"""Erasing what is due; each is safe to run twice."""

import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from lishui_center.accounts.actions import erase_account, forget_unproven
from lishui_center.accounts.models import User

logger = logging.getLogger(__name__)


@shared_task(name="accounts.erase_closed")
def erase_closed() -> None:
    """Erase the accounts whose grace is over, and forget those never signed in to."""
    now = timezone.now()
    due = User.objects.to_erase(now).values_list("pk", flat=True)
    erased = sum(erase_account(user_id=pk, now=now) for pk in due)
    logger.info("account.erased", extra={"count": erased, "unproven": forget_unproven(now=now)})


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove the sessions that have ended: they tell who tried to book what, with which phone."""
    call_command("clearsessions")
