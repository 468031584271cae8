"""People who wait for a place on a full day."""

from datetime import datetime, timedelta
from itertools import count

from lishui_center.common.clock import cell_at, today
from services.bookings.models import Booking
from services.bookings.visitors import make_visitor
from services.catalogue.models import Offering
from services.waitlist.actions import Wish, join_waitlist
from services.waitlist.models import WaitlistEntry
from services.waitlist.offers import offer_places
from tests.factories.services import NOW, make_booking, open_day, open_offering, visit_of

TOMORROW = NOW + timedelta(days=1)
_others = count()


def full_offering(*, starts: int = 1, lanes: int = 1, **fields: object) -> Offering:
    """An item whose pool is open tomorrow from 10:00 for so many quarters, all booked."""
    offering = open_offering(pool__lanes_online=lanes, **fields)
    first = cell_at(TOMORROW)
    open_day(offering.pool, today(TOMORROW), first=first, end=first + starts)
    for number in range(starts * lanes):
        start = TOMORROW + timedelta(minutes=15 * (number % starts))
        make_booking(offering, start=start, phone=f"139001{next(_others):05d}")
    return offering


def wish_for(
    offering: Offering,
    *,
    phone: str = "13900000009",
    first: datetime = TOMORROW,
    last: datetime | None = None,
    **visitor: object,
) -> Wish:
    """A wish for tomorrow at 10:00, or from `first` to `last`."""
    visitor.setdefault("name", "李阿婆")
    visitor.setdefault("language", "zh-hans")
    return Wish(
        visit=visit_of(offering),
        date=today(first),
        earliest_cell=cell_at(first),
        latest_cell=cell_at(last or first),
        visitor=make_visitor(phone=phone, **visitor),
    )


def waiting(offering: Offering, *, now: datetime = NOW, **wish: object) -> WaitlistEntry:
    """An entry made by the real action."""
    return join_waitlist(wish=wish_for(offering, **wish), now=now)


def free_a_place(offering: Offering, **at: object) -> None:
    """Cancel one of tomorrow's bookings without anybody being told."""
    booking = Booking.objects.active().filter(pool=offering.pool, **at).first()
    booking.claims.all().delete()
    booking.items.all().delete()
    Booking.objects.filter(pk=booking.pk).delete()


def offered(offering: Offering, *, now: datetime = NOW, **wish: object) -> WaitlistEntry:
    """An entry to which the freed place is offered."""
    entry = waiting(offering, now=now, **wish)
    free_a_place(offering)
    assert offer_places(pool_id=offering.pool_id, day=entry.date, now=now) == 1
    entry.refresh_from_db()
    return entry
