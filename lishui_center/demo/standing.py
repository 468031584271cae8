"""Suspensions after three missed visits, at every stage of an appeal."""

from collections import defaultdict
from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from services.bookings.models import Booking, Status
from services.centres.models import BookingPolicy
from services.standing.models import AppealState, Suspension

MOST = 16
APPEAL = "当天加班走不开，已打电话说明，请予恢复。（演示数据）"
STAGES = [AppealState.NONE, AppealState.OPEN, AppealState.UPHELD, AppealState.REFUSED]


def make_suspensions(*, decided_by: User, now: datetime) -> None:
    """Suspend those with three no-shows, the latest first; the appeals' stages take turns."""
    causes = sorted(_causes(), key=lambda booking: booking.starts_at, reverse=True)[:MOST]
    Suspension.objects.bulk_create(
        _suspension(cause, STAGES[number % len(STAGES)], decided_by=decided_by, now=now)
        for number, cause in enumerate(causes)
    )


def _causes() -> list[Booking]:
    """The third missed visit of each person who has as many and is not exempt."""
    missed: dict[str, list[Booking]] = defaultdict(list)
    for booking in Booking.objects.filter(status=Status.NO_SHOW, concession=False, user=None):
        missed[booking.phone_hash].append(booking)
    limit = BookingPolicy().no_show_limit
    return [bookings[limit - 1] for bookings in missed.values() if len(bookings) >= limit]


def _suspension(
    cause: Booking, stage: AppealState, *, decided_by: User, now: datetime
) -> Suspension:
    policy = BookingPolicy()
    starts_at = cause.starts_at + timedelta(minutes=policy.grace_minutes)
    suspension = Suspension(
        phone_hash=cause.phone_hash,
        centre_id=cause.centre_id,
        cause=cause,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=policy.suspension_days),
        appeal_until=starts_at + timedelta(days=policy.appeal_days),
    )
    if stage != AppealState.NONE:
        suspension.appeal = stage
        suspension.appeal_text = APPEAL
        suspension.appealed_at = min(now, starts_at + timedelta(days=1))
    if stage in {AppealState.UPHELD, AppealState.REFUSED}:
        suspension.decided_by = decided_by
        suspension.decided_at = min(now, starts_at + timedelta(days=2))
    if stage == AppealState.UPHELD:
        suspension.lifted_at = suspension.decided_at
    return suspension
