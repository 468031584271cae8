"""Saying "I will come", arriving, and missing a visit with what follows from it."""

from datetime import datetime, timedelta

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.dates import short_date
from lishui_center.common.retries import retry_on_conflict
from services.attendance.access import missed_visits
from services.attendance.errors import (
    NothingToUndoError,
    NotMissedError,
    NotTheDayError,
    NotYetError,
    TooEarlyToConfirmError,
)
from services.bookings.actions import close_items
from services.bookings.errors import NotActiveError
from services.bookings.messages import tell
from services.bookings.models import Booking, BookingItem, Status
from services.bookings.rules import free_nth
from services.changes.actions import lock_booked
from services.slots.actions import check_still_open
from services.slots.errors import SlotClosedError
from services.standing.actions import suspend, withdraw
from services.standing.errors import OwnRecordError
from services.standing.messages import tell_suspended

SECOND_THOUGHTS = timedelta(minutes=10)
"""How long a slip of the clerk's finger can be taken back before anybody is told."""


@transaction.atomic
def confirm_attendance(*, booking_id: int, now: datetime, actor: User | None = None) -> Booking:
    """Note that the visitor will come, from the day before on; saying it twice is fine.

    Raises:
        NotActiveError, TooEarlyToConfirmError
    """
    booking = lock_booked(booking_id, None)
    eve = booking.date - timedelta(days=1)
    if today(now) < eve:
        raise TooEarlyToConfirmError(day=short_date(eve))
    if today(now) > booking.date:
        raise NotActiveError
    if booking.attendance_confirmed_at is None:
        booking.attendance_confirmed_at = now
        booking.save(update_fields=["attendance_confirmed_at"])
        record(actor, "booking.attendance_confirmed", booking, centre_id=booking.centre_id)
    return booking


@transaction.atomic
def check_in(*, booking_id: int, actor: User | None, now: datetime) -> Booking:
    """The visitor is here, says staff or the visitor at the kiosk (no actor).

    The places stay taken until the day is over.

    Raises:
        NotActiveError, NotTheDayError, OwnRecordError
    """
    booking = _lock_for(booking_id, actor, now)
    booking.status = Status.CHECKED_IN
    booking.save(update_fields=["status"])
    record(actor, "booking.checked_in", booking, centre_id=booking.centre_id)
    return booking


@transaction.atomic
def mark_no_show(*, booking_id: int, actor: User, now: datetime) -> Booking:
    """The visitor did not come: warn, and at the limit suspend online booking.

    A concession (60 or older, disabled) is warned of nothing and never suspended.

    Raises:
        NotActiveError, NotTheDayError, NotYetError, NotMissedError, OwnRecordError
    Source: domain.md, "Booking policy".
    """
    _lock_same_person(booking_id)
    return _miss(_lock_for(booking_id, actor, now), actor, now)


@transaction.atomic
def miss_after_closing(*, booking_id: int, now: datetime) -> Booking:
    """The day is over and the visitor never came, says the system; as if a clerk had noted it.

    Raises:
        NotActiveError, NotYetError, NotMissedError
    """
    _lock_same_person(booking_id)
    return _miss(lock_booked(booking_id, None), None, now)


@retry_on_conflict
@transaction.atomic
def undo(*, booking_id: int, actor: User, now: datetime) -> Booking:
    """Take back an arrival or a missed visit on its day, with what followed from it.

    Raises:
        NothingToUndoError, NotTheDayError, OwnRecordError
    """
    booking = Booking.objects.select_for_update(of=("self",), no_key=True).get(pk=booking_id)
    if booking.status not in (Status.CHECKED_IN, Status.NO_SHOW):
        raise NothingToUndoError
    _check_day_and_actor(booking, actor, now)
    was, booking.status = booking.status, Status.BOOKED
    booking.version += 1
    if was == Status.NO_SHOW:
        _reopen(booking, now)
    booking.save(update_fields=["status", "nth", "version"])
    withdraw(cause_id=booking.pk, actor=actor, now=now)
    record(actor, "booking.attendance_undone", booking, centre_id=booking.centre_id, was=was)
    return booking


def _miss(booking: Booking, actor: User | None, now: datetime) -> Booking:
    policy = booking.centre.policy
    _check_was_open(booking)
    if now < booking.starts_at + timedelta(minutes=policy.grace_minutes):
        raise NotYetError(minutes=policy.grace_minutes)
    booking.status = Status.NO_SHOW
    booking.version += 1
    booking.save(update_fields=["status", "version"])
    close_items(booking)
    record(actor, "booking.no_show", booking, centre_id=booking.centre_id)
    if not booking.concession:
        _follow_up(booking, actor, now)
    return booking


def _follow_up(booking: Booking, actor: User | None, now: datetime) -> None:
    policy = booking.centre.policy
    missed = missed_visits(booking, now=now)
    due_at = now + SECOND_THOUGHTS
    if missed < policy.no_show_limit:
        tell(
            booking,
            "booking_no_show",
            now=due_at,
            no_shows=str(missed),
            limit=str(policy.no_show_limit),
            within_days=str(policy.no_show_limit_days),
            pause_days=str(policy.suspension_days),
        )
        return
    suspension = suspend(
        phone_hash=booking.phone_hash, cause_id=booking.pk, policy=policy, actor=actor, now=now
    )
    tell_suspended(suspension, no_shows=missed, policy=policy, due_at=due_at)


def _reopen(booking: Booking, now: datetime) -> None:
    """Let a visit that was no longer missed count again beside what was booked meanwhile."""
    others = Booking.objects.past_of(booking.phone_hash, booking.date, now).bookings
    limit = len(others) + 1  # The person has had this place already, whatever the limit is.
    booking.nth = free_nth(others, booking.person_hash, booking.date, limit) or limit
    booked_again = BookingItem.objects.filter(open_key=booking.person_hash).values("item")
    BookingItem.objects.filter(booking=booking).exclude(item__in=booked_again).update(
        open_key=booking.person_hash
    )


def _check_was_open(booking: Booking) -> None:
    """A visit that the centre's own closure disturbed cannot be missed."""
    try:
        check_still_open(pool_id=booking.pool_id, day=booking.date, cells=booking.cell_range)
    except SlotClosedError:
        raise NotMissedError from None
    if booking.kept_free:
        raise NotMissedError


def _lock_same_person(booking_id: int) -> None:
    """Lock all of the phone's visits of the day, so that two clerks count one after the other."""
    phone_hash, day = Booking.objects.values_list("phone_hash", "date").get(pk=booking_id)
    same_phone = Booking.objects.filter(phone_hash=phone_hash, date=day).order_by("pk")
    list(same_phone.select_for_update(no_key=True).values_list("pk"))


def _lock_for(booking_id: int, actor: User | None, now: datetime) -> Booking:
    booking = lock_booked(booking_id, None)
    _check_day_and_actor(booking, actor, now)
    return booking


def _check_day_and_actor(booking: Booking, actor: User | None, now: datetime) -> None:
    if booking.date != today(now):
        raise NotTheDayError
    if actor is None:
        return
    if booking.user_id == actor.pk or (actor.phone_hash and actor.phone_hash == booking.phone_hash):
        raise OwnRecordError
