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
from services.bookings.models import Booking, BookingItem, Status
from services.bookings.visitors import BookingRequest
from services.catalogue.models import ServiceItem
from services.standing.models import Suspension


def past_of(request: BookingRequest, now: datetime) -> list[rules.Past]:
    """The phone's bookings as far back as any limit looks: one query for all checks."""
    policy = request.visit.policy
    days = max(policy.cancel_limit_days, policy.suspension_days)
    since = today(now) - timedelta(days=days)
    return Booking.objects.past_of(lookup_hash(request.visitor.phone), since)


def cancelling_near_limit(booking: Booking, now: datetime) -> rules.Cancelling | None:
    """What the person should hear before cancelling; None while the limit is far.

    Also None where cancelling has no consequence: the centre disturbed the visit, or a concession.
    """
    if booking.kept_free or booking.concession:
        return None
    policy = booking.centre.policy
    limit, days = policy.cancel_limit, policy.cancel_limit_days
    past = Booking.objects.past_of(booking.phone_hash, today(now) - timedelta(days=days))
    cancelled = [*rules.cancellations(past, days=days, now=now), now]
    until = rules.paused_until(cancelled, limit=limit, days=days)
    counted = rules.Cancelling(len(cancelled), limit, days, until)
    return counted if counted.is_near else None


def check_person(request: BookingRequest, past: list[rules.Past], day: date, now: datetime) -> int:
    """The number this booking gets among the person's bookings of the day.

    Raises:
        DailyLimitError, ItemAlreadyBookedError, CancelLimitError, SuspendedError
    """
    policy, visitor = request.visit.policy, request.visitor
    if request.booked_by is None and not visitor.concession:
        _check_standing(request, past, now)
    _check_items(request.visit.items, past, visitor.person_hash, today(now))
    nth = rules.free_nth(past, visitor.person_hash, day, policy.per_person_per_day)
    if nth is None:
        raise DailyLimitError(limit=policy.per_person_per_day)
    return nth


def _check_standing(request: BookingRequest, past: list[rules.Past], now: datetime) -> None:
    policy = request.visit.policy
    limit, days = policy.cancel_limit, policy.cancel_limit_days
    cancelled = rules.cancellations(past, days=days, now=now)
    until = rules.paused_until(cancelled, limit=limit, days=days)
    if until:
        raise CancelLimitError(limit=limit, days=days, until=short_date(until))
    # A suspension lasts no longer than `past` reaches back, so the missed visit is in there.
    if not any(earlier.status == Status.NO_SHOW for earlier in past):
        return
    suspension = (
        Suspension.objects.in_force(now)
        .filter(phone_hash=lookup_hash(request.visitor.phone))
        .first()
    )
    if suspension:
        raise SuspendedError(until=short_date(suspension.ends_at))


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
