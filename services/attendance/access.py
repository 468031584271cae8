"""Missed visits that count, and places that nobody confirmed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification, State
from services.bookings.messages import message_key
from services.bookings.models import Booking, Status
from services.standing.models import Suspension
from services.waitlist.models import WaitlistEntry

REMINDER = "booking_day_before"
TIME_TO_CONFIRM = timedelta(hours=4)
"""A person is given as long as this to answer a reminder."""


def missed_visits(latest: Booking, *, now: datetime) -> int:
    """The phone's missed visits, with the latest, that no earlier suspension has paid for.

    Those of people with a concession do not count.
    """
    days = latest.centre.policy.no_show_limit_days
    missed = Booking.objects.filter(
        phone_hash=latest.phone_hash,
        status=Status.NO_SHOW,
        concession=False,
        starts_at__gt=now - timedelta(days=days),
    )
    paid = (
        Suspension.objects.filter(phone_hash=latest.phone_hash, cause__status=Status.NO_SHOW)
        .exclude(cause=latest)
        .order_by("-cause__starts_at")
        .values_list("cause__starts_at", flat=True)
        .first()
    )
    return (missed.filter(starts_at__gt=paid) if paid else missed).count()


def releasable_places(now: datetime) -> Iterator[Booking]:
    """Tomorrow's visits that nobody confirmed and somebody waits for, booked last first.

    Only where the centre releases places, and only of people who were reminded in time and could
    answer: never with a concession, never booked by staff, never disturbed by the centre.
    """
    bookings = Booking.objects.filter(
        date=today(now) + timedelta(days=1),
        status=Status.BOOKED,
        attendance_confirmed_at=None,
        centre__policy__releases_unconfirmed=True,
    ).order_by("-created_at", "-pk")
    unconfirmed = {
        message_key(booking, REMINDER): booking
        for booking in bookings.select_related("centre__policy")
        if booking.must_confirm
    }
    reminded = Notification.objects.filter(
        key__in=unconfirmed, state=State.SENT, sent_at__lte=now - TIME_TO_CONFIRM
    )
    keys = set(reminded.values_list("key", flat=True))
    for key, booking in unconfirmed.items():
        # Asked one by one: whoever was offered the place before is no longer waiting.
        if key in keys and is_wanted(booking):
            yield booking


def is_wanted(booking: Booking) -> bool:
    """Whether somebody on the waiting list could come instead."""
    return WaitlistEntry.objects.fits_into(
        pool_id=booking.pool_id,
        day=booking.date,
        start_cell=booking.start_cell,
        cells=booking.cells,
    ).exists()
