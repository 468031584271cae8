"""Moving and cancelling a booking: each one short transaction."""

from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import moment
from lishui_center.common.retries import retry_on_conflict
from services.bookings import rules
from services.bookings.actions import close_items
from services.bookings.errors import (
    ChangedElsewhereError,
    DailyLimitError,
    NotActiveError,
    SameTimeError,
    TooLateToChangeError,
)
from services.bookings.limits import cancelling_near_limit
from services.bookings.messages import tell, tell_cancelled
from services.bookings.models import Booking, CancelledBy, Status
from services.slots.access import relaxed, terms_of
from services.slots.actions import check_still_open, free_places, take_places
from services.slots.rules import check_bookable, split_start
from services.slots.signals import places_freed


@retry_on_conflict
@transaction.atomic
def move_booking(
    *,
    booking_id: int,
    start: datetime,
    now: datetime,
    version: int | None = None,
    actor: User | None = None,
    by_staff: bool = False,
) -> Booking:
    """Move an active booking of the same items and centre; the reference stays.

    The new places are claimed before the old are freed, so nobody ends up with none.
    `version` is the one the mover looked at: a second tab cannot undo the first.

    Raises:
        NotActiveError, ChangedElsewhereError, TooLateToChangeError, SameTimeError,
        DailyLimitError and those of a new booking about its time: nothing changed.
    """
    booking = lock_booked(booking_id, version)
    if not by_staff:
        _check_deadline(booking, now)
    day, cell = split_start(start)
    if (day, cell) == (booking.date, booking.start_cell):
        raise SameTimeError
    check_bookable(relaxed(terms_of(booking.centre.policy), by_staff=by_staff), day, cell, now)
    was, old_day = booking.starts_at, booking.date
    _carry_over(booking, day, cell, now)
    tell(booking, "booking_changed", now=now, reminders=True)
    record(
        actor,
        "booking.moved",
        booking,
        centre_id=booking.centre_id,
        was=was.isoformat(),
        starts_at=booking.starts_at.isoformat(),
    )
    places_freed.send(Booking, pool_id=booking.pool_id, day=old_day)
    return booking


@retry_on_conflict
@transaction.atomic
def cancel_booking(
    *,
    booking_id: int,
    now: datetime,
    version: int | None = None,
    actor: User | None = None,
    by: CancelledBy = CancelledBy.RESIDENT,
    reason: str = "",
) -> Booking:
    """Cancel an active booking, free its places and offer them to the waitlist.

    Raises:
        NotActiveError, ChangedElsewhereError, TooLateToChangeError: nothing changed.
    """
    booking = lock_booked(booking_id, version)
    counted = None
    if by == CancelledBy.RESIDENT:
        _check_deadline(booking, now)
        counted = cancelling_near_limit(booking, now)
    booking.status = Status.CANCELLED
    booking.cancelled_at = now
    booking.cancelled_by = by
    booking.version += 1
    booking.save(update_fields=["status", "cancelled_at", "cancelled_by", "version"])
    close_items(booking)
    free_places(pool_id=booking.pool_id, booking_id=booking.pk)
    tell_cancelled(booking, now=now, counted=counted)
    record(actor, "booking.cancelled", booking, centre_id=booking.centre_id, reason=reason, by=by)
    places_freed.send(Booking, pool_id=booking.pool_id, day=booking.date)
    return booking


def lock_booked(booking_id: int, version: int | None) -> Booking:
    """The booking, locked until the transaction ends, if it still stands as it was seen.

    Raises:
        NotActiveError, ChangedElsewhereError
    """
    booking = (
        Booking.objects.select_for_update(of=("self",), no_key=True)
        .select_related("centre__policy", "user")
        .get(pk=booking_id)
    )
    if booking.status != Status.BOOKED:
        raise NotActiveError
    if version is not None and version != booking.version:
        raise ChangedElsewhereError
    return booking


def _check_deadline(booking: Booking, now: datetime) -> None:
    """A visit the centre itself disturbed can be changed up to its start."""
    minutes = 0 if booking.kept_free else booking.centre.policy.cancel_before_minutes
    if now > rules.change_deadline(booking.starts_at, minutes):
        raise TooLateToChangeError(minutes=minutes, phone=booking.centre.phone)


def _carry_over(booking: Booking, day: date, cell: int, now: datetime) -> None:
    """Claim the new places, but for those the booking has already, then free the rest."""
    wanted = range(cell, cell + booking.cells)
    kept = set(booking.cell_range) if day == booking.date else set[int]()
    check_still_open(pool_id=booking.pool_id, day=day, cells=wanted)
    _shift(booking, day, cell, now)
    take_places(
        pool_id=booking.pool_id,
        day=day,
        cells=set(wanted) - kept,
        now=now,
        booking_id=booking.pk,
    )
    free_places(pool_id=booking.pool_id, booking_id=booking.pk, except_cells=wanted, day=day)


def _shift(booking: Booking, day: date, cell: int, now: datetime) -> None:
    """Rewrite the booking's time, within the person's daily limit."""
    if day != booking.date:
        others = Booking.objects.past_of(booking.phone_hash, day, now).bookings
        limit = booking.centre.policy.per_person_per_day
        nth = rules.free_nth(others, booking.person_hash, day, limit)
        if nth is None:
            raise DailyLimitError(limit=limit)
        booking.nth = nth
    booking.date, booking.start_cell = day, cell
    booking.starts_at = moment(day, cell)
    booking.kept_free = False
    booking.attendance_confirmed_at = None
    booking.version += 1
    booking.save(
        update_fields=[
            "date",
            "start_cell",
            "starts_at",
            "nth",
            "kept_free",
            "attendance_confirmed_at",
            "version",
        ]
    )
