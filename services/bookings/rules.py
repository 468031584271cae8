"""What follows for a person and a booking from plain values; no database, no clock."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from lishui_center.common.clock import ZONE

# Without the pairs that people mix up: 0 O, 1 I L, U V.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
REFERENCE_LENGTH = 6

SAME_DAY_NOTICE = timedelta(hours=2)
DAY_BEFORE_AT = time(10)
MORNING = time(8)
# The evening before, from when a place that nobody confirmed may go to the waiting list.
CONFIRM_BY = time(18)
SHORTEST_NOTICE = timedelta(minutes=30)


@dataclass(frozen=True)
class Past:
    """One earlier booking of the same phone, as far as the limits need it."""

    pk: int
    idempotency_key: str | None
    person_hash: str
    date: date
    nth: int
    status: str
    cancelled_at: datetime | None
    cancelled_by: str
    kept_free: bool
    item_ids: set[int] = field(default_factory=set)

    @property
    def active(self) -> bool:
        return self.status in ("booked", "checked_in")


@dataclass(frozen=True)
class History:
    """What the limits need to know of a phone; `suspended_until` is the end of a pause in force."""

    bookings: list[Past]
    suspended_until: datetime | None


@dataclass(frozen=True)
class Cancelling:
    """What one more cancellation counts: it is the `number`-th of `limit` in `days` days.

    `paused_until` is set when online booking pauses with it.
    """

    number: int
    limit: int
    days: int
    paused_until: datetime | None

    @property
    def is_near(self) -> bool:
        """Whether the person should hear of it: with this one or the next, booking pauses."""
        return self.number >= self.limit - 1


def new_reference() -> str:
    """Six characters to read out and type; the database sees to it that no two are equal."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def free_nth(past: Iterable[Past], person_hash: str, day: date, limit: int) -> int | None:
    """The lowest free number among the person's bookings of the day; None at the limit."""
    used: Collection[int] = {
        booking.nth
        for booking in past
        if booking.active and booking.person_hash == person_hash and booking.date == day
    }
    return next((nth for nth in range(1, limit + 1) if nth not in used), None)


def open_items(past: Iterable[Past], person_hash: str, today: date) -> set[int]:
    """The items the person has booked and not yet had."""
    return {
        item_id
        for booking in past
        if booking.active and booking.person_hash == person_hash and booking.date >= today
        for item_id in booking.item_ids
    }


def has_unclosed(past: Iterable[Past], today: date) -> bool:
    """Whether a past visit was never closed, so that its items still count as open."""
    return any(booking.active and booking.date < today for booking in past)


def cancellations(past: Iterable[Past], *, days: int, now: datetime) -> list[datetime]:
    """When the person cancelled in the last `days` days, in order.

    Cancelling a visit that the centre disturbed does not count.
    """
    since = now - timedelta(days=days)
    return sorted(
        booking.cancelled_at
        for booking in past
        if booking.cancelled_by == "resident"
        and not booking.kept_free
        and booking.cancelled_at
        and booking.cancelled_at > since
    )


def paused_until(cancelled: Sequence[datetime], *, limit: int, days: int) -> datetime | None:
    """When a person who has cancelled `limit` times in `days` days may book again, else None."""
    return cancelled[-limit] + timedelta(days=days) if len(cancelled) >= limit else None


def reminder_times(starts_at: datetime, now: datetime) -> dict[str, datetime]:
    """When to remind: {kind: moment}, of those still ahead.

    The day before at 10:00, and two hours before; a visit right after opening is reminded of
    at 08:00, and one too close to that only the day before.
    """
    local = starts_at.astimezone(ZONE)
    morning = datetime.combine(local.date(), MORNING, ZONE)
    times = {
        "booking_day_before": datetime.combine(
            local.date() - timedelta(days=1), DAY_BEFORE_AT, ZONE
        )
    }
    same_day = max(local - SAME_DAY_NOTICE, morning)
    if same_day <= local - SHORTEST_NOTICE:
        times["booking_same_day"] = same_day
    return {kind: moment for kind, moment in times.items() if moment > now}


def change_deadline(starts_at: datetime, minutes: int) -> datetime:
    """The last moment at which the visit can be moved or cancelled online."""
    return starts_at - timedelta(minutes=minutes)
