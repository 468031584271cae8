"""Booking a visit, in one short transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from lishui_center.audit.actions import record
from lishui_center.common.clock import moment
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.inserting import insert
from lishui_center.common.retries import retry_unless
from services.bookings import rules
from services.bookings.errors import (
    IdempotencyError,
)
from services.bookings.limits import check_person, past_of
from services.bookings.messages import tell
from services.bookings.models import Booking, BookingItem
from services.bookings.visitors import BookingRequest
from services.slots.access import relaxed, terms_of
from services.slots.actions import (
    check_still_open,
    keep_hold,
    take_places,
)
from services.slots.errors import HoldExpiredError, SlotFullError
from services.slots.rules import cells_for, check_bookable, split_start


@dataclass(frozen=True)
class Booked:
    """The booking; `is_new` is false when a replayed request found it already made."""

    booking: Booking
    is_new: bool


def _refuse_used_key(*, request: "BookingRequest", now: datetime) -> None:  # noqa: ARG001
    """After a conflict: a key that another person's request used is no matter of luck.

    Raises:
        IdempotencyError
    """
    key = request.idempotency_key
    used = Booking.objects.filter(idempotency_key=key) if key else Booking.objects.none()
    if used.exclude(request_hash=request.digest).exists():
        raise IdempotencyError


@retry_unless(_refuse_used_key)
@transaction.atomic
def book_visit(*, request: BookingRequest, now: datetime) -> Booked:
    """Give the visitor the time, from its hold when there is one.

    A hold that ran out is no harm while the time is still free. A replay (same idempotency
    key, same contents) answers the booking made before.

    Raises:
        SlotOffGridError, SlotPastError, SlotTooSoonError, SlotTooFarError, SlotClosedError,
        SlotFullError, HoldExpiredError, DailyLimitError, ItemAlreadyBookedError,
        CancelLimitError, SuspendedError, IdempotencyError: nothing was written.
    Source: domain.md, "Booking policy".
    """
    day, cell = split_start(request.start)
    past = past_of(request, now)
    replayed = _replayed(request, past.bookings)
    if replayed:
        return Booked(replayed, is_new=False)
    by_staff = request.booked_by is not None
    check_bookable(relaxed(terms_of(request.visit.policy), by_staff=by_staff), day, cell, now)
    nth = check_person(request, past, day, now)
    booking = _create(request, day, cell, nth, now)
    _place(request, booking, now)
    insert(
        [
            BookingItem(booking=booking, item=item, position=n, open_key=booking.person_hash)
            for n, item in enumerate(request.visit.items)
        ]
    )
    tell(booking, "booking_confirmed", now=now, reminders=True)
    record(
        request.booked_by or request.visitor.user,
        "booking.booked",
        booking,
        centre_id=booking.centre_id,
        items=request.visit.codes,
        starts_at=booking.starts_at.isoformat(),
        channel=request.channel,
    )
    return Booked(booking, is_new=True)


def close_items(booking: Booking) -> None:
    """Let the person book these items again."""
    BookingItem.objects.filter(booking=booking).update(open_key="")


def close_past_items(*, before: date) -> int:
    """The same for all visits of days gone by; returns how many items. Safe to run twice."""
    return (
        BookingItem.objects.filter(booking__date__lt=before)
        .exclude(open_key="")
        .update(open_key="")
    )


def _replayed(request: BookingRequest, past: list[rules.Past]) -> Booking | None:
    key = request.idempotency_key
    made = next((earlier.pk for earlier in past if key and earlier.idempotency_key == key), None)
    if made is None:
        return None
    booking = Booking.objects.get(pk=made)
    if booking.request_hash != request.digest:
        raise IdempotencyError
    return booking


def _create(request: BookingRequest, day: date, cell: int, nth: int, now: datetime) -> Booking:
    visit, visitor = request.visit, request.visitor
    booking = Booking(
        reference=rules.new_reference(),
        link_nonce=get_random_string(16),
        centre=visit.centre,
        pool=visit.pool,
        date=day,
        start_cell=cell,
        cells=cells_for(visit.minutes),
        starts_at=moment(day, cell),
        channel=request.channel,
        name=visitor.name,
        phone_sealed=seal(visitor.phone),
        phone_hash=lookup_hash(visitor.phone),
        person_hash=visitor.person_hash,
        nth=nth,
        concession=visitor.concession,
        language=visitor.language,
        user=visitor.user,
        booked_by=request.booked_by,
        idempotency_key=request.idempotency_key,
        request_hash=request.digest if request.idempotency_key else "",
        created_at=now,
    )
    return insert([booking])[0]


def _place(request: BookingRequest, booking: Booking, now: datetime) -> None:
    """Turn the hold into claims, or claim afresh."""
    cells = booking.cell_range
    if request.hold:
        check_still_open(pool_id=booking.pool_id, day=booking.date, cells=cells)
        if keep_hold(
            hold=request.hold,
            pool_id=booking.pool_id,
            day=booking.date,
            cells=cells,
            booking_id=booking.pk,
            now=now,
        ):
            return
    try:
        take_places(
            pool_id=booking.pool_id, day=booking.date, cells=cells, now=now, booking_id=booking.pk
        )
    except SlotFullError:
        if request.hold:
            raise HoldExpiredError from None
        raise
