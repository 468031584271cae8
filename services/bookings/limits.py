"""What one person may book (domain.md, "Booking policy")."""

from datetime import date, datetime, timedelta

from lishui_center.common.clock import today
from lishui_center.common.dates import short_date
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.language import in_language
from services.bookings import rules
from services.bookings.errors import (
    CancelLimitError,
    DailyLimitError,
    ItemAlreadyBookedError,
    SuspendedError,
)
from services.bookings.models import Booking, BookingItem
from services.bookings.visitors import BookingRequest
from services.catalogue.models import ServiceItem


def past_of(request: BookingRequest, now: datetime) -> rules.History:
    """The phone's past as far back as any limit looks: one query for all checks."""
    since = today(now) - timedelta(days=request.visit.policy.cancel_limit_days)
    return Booking.objects.past_of(lookup_hash(request.visitor.phone), since, now)


def cancelling_near_limit(booking: Booking, now: datetime) -> rules.Cancelling | None:
    """What the person should hear before cancelling; None while the limit is far.

    Also None where cancelling has no consequence: the centre disturbed the visit, or a concession.
    """
    if booking.kept_free or booking.concession:
        return None
    policy = booking.centre.policy
    limit, days = policy.cancel_limit, policy.cancel_limit_days
    since = today(now) - timedelta(days=days)
    past = Booking.objects.past_of(booking.phone_hash, since, now).bookings
    cancelled = [*rules.cancellations(past, days=days, now=now), now]
    until = rules.paused_until(cancelled, limit=limit, days=days)
    counted = rules.Cancelling(len(cancelled), limit, days, until)
    return counted if counted.is_near else None


def check_person(request: BookingRequest, past: rules.History, day: date, now: datetime) -> int:
    """The number this booking gets among the person's bookings of the day.

    Raises:
        DailyLimitError, ItemAlreadyBookedError, CancelLimitError, SuspendedError
    """
    policy, visitor = request.visit.policy, request.visitor
    if request.booked_by is None:
        _check_standing(request, past, now)
    _check_items(request.visit.items, past.bookings, visitor.person_hash, today(now))
    nth = rules.free_nth(past.bookings, visitor.person_hash, day, policy.per_person_per_day)
    if nth is None:
        raise DailyLimitError(limit=policy.per_person_per_day)
    return nth


def _check_standing(request: BookingRequest, past: rules.History, now: datetime) -> None:
    """A concession never adds to what stops a person, but ticked online it cannot lift a pause."""
    policy = request.visit.policy
    if past.suspended_until:
        raise SuspendedError(until=short_date(past.suspended_until))
    limit, days = policy.cancel_limit, policy.cancel_limit_days
    cancelled = rules.cancellations(past.bookings, days=days, now=now)
    until = rules.paused_until(cancelled, limit=limit, days=days)
    if until and not request.visitor.concession:
        raise CancelLimitError(limit=limit, days=days, until=short_date(until))


def _check_items(
    items: tuple[ServiceItem, ...], past: list[rules.Past], person_hash: str, day: date
) -> None:
    wanted = {item.pk: item.name for item in items}
    open_ids = rules.open_items(past, person_hash, day)
    twice = [name for pk, name in wanted.items() if pk in open_ids]
    if twice:
        raise ItemAlreadyBookedError(items=in_language("、", ", ").join(twice))
    if rules.has_unclosed(past, day):
        gone_by = BookingItem.objects.filter(open_key=person_hash, booking__date__lt=day)
        gone_by.update(open_key="")
