"""Warning of deadlines, noting those that passed, and chasing up: each message once."""

import logging
from datetime import datetime

from django.db import transaction

from lishui_center.common.errors import RuleError
from services.clocks.models import SlaClock
from services.dispatching.messages import tell_deadline, tell_unit
from services.requests.rules import Act
from services.tracking.actions import SYSTEM, move

logger = logging.getLogger(__name__)

AT_ONCE = 500


def chase_clocks(*, now: datetime) -> int:
    """Warn at 80 %, note what is overdue, chase up a working day later; how many were told.

    Each is claimed by a conditional update, so a second worker finds nothing left to do.
    """
    told = 0
    clocks = SlaClock.objects.select_related("request")
    for clock in clocks.to_warn(now)[:AT_ONCE]:
        told += _claim(clock, "warned_at", "need_due_soon", now)
    for clock in clocks.to_breach(now)[:AT_ONCE]:
        told += _claim(clock, "breached_at", "need_overdue", now)
    for clock in clocks.to_escalate(now)[:AT_ONCE]:
        told += _escalate(clock, now)
    return told


@transaction.atomic
def _claim(clock: SlaClock, column: str, kind: str, now: datetime) -> bool:
    waiting = SlaClock.objects.running().filter(pk=clock.pk, **{column: None})
    if not waiting.update(**{column: now}):
        return False
    tell_deadline(clock, kind, now=now)
    return True


def _escalate(clock: SlaClock, now: datetime) -> bool:
    try:
        with transaction.atomic():
            waiting = SlaClock.objects.running().filter(pk=clock.pk, escalated_at=None)
            if not waiting.update(escalated_at=now):
                return False
            need = clock.request
            move(need, Act.ESCALATE, by=SYSTEM, now=now, is_supervised=True)
            tell_unit(need, Act.ESCALATE, now=now)
    except RuleError:  # somebody moved it just now: the next run looks again
        logger.info("need.escalation_left", extra={"need": clock.request_id})
        return False
    return True
