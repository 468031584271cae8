"""Giving places that nobody confirmed to those who wait (domain.md, "Booking policy")."""

from datetime import datetime

from django.db import transaction

from lishui_center.common.errors import RuleError
from services.attendance.access import releasable_places
from services.bookings.models import Booking, CancelledBy
from services.changes.actions import cancel_booking, lock_booked


def release_unconfirmed(*, now: datetime) -> int:
    """Cancel tomorrow's unconfirmed visits for which somebody waits; how many.

    Each in its own transaction, after which the place is offered. Safe to run twice.
    """
    return sum(_release(booking, now) for booking in releasable_places(now))


def _release(seen: Booking, now: datetime) -> bool:
    """False when the visit was confirmed, moved or cancelled meanwhile."""
    try:
        with transaction.atomic():
            booking = lock_booked(seen.pk, seen.version)
            if booking.attendance_confirmed_at is not None:
                return False
            cancel_booking(
                booking_id=booking.pk, now=now, by=CancelledBy.CENTRE, reason="not confirmed"
            )
    except RuleError:
        return False
    return True
