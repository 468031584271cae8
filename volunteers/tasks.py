"""The volunteers' scheduled work; each task is safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from lishui_center.common.clock import today
from volunteers import privacy
from volunteers.hours import actions as hours
from volunteers.reconciliation import actions as reconciliation
from volunteers.review import actions as review


@shared_task(name="volunteers.remove_spent_minutes")
def remove_spent_minutes() -> int:
    """Nightly: the minutes of days that nobody can enter any more, and the phones of old ones."""
    now = timezone.now()
    privacy.forget_devices(now=now)
    return hours.remove_spent_minutes(now=now)


@shared_task(name="volunteers.draw_sample")
def draw_sample() -> int:
    """Nightly: draw a share of yesterday's approved records for a second look."""
    return review.draw_sample(day=today(timezone.now()) - timedelta(days=1))


@shared_task(name="volunteers.reconcile")
def reconcile() -> bool:
    """Nightly: whether the ledger of hours agrees with itself."""
    return reconciliation.reconcile(now=timezone.now()).ok
