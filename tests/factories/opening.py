"""A centre whose days follow from weekly hours, as in real life."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from lishui_center.common.clock import moment, today
from services.bookings.models import Booking
from services.catalogue.models import Offering
from services.centres.models import Centre, Pool
from services.hours.actions import HORIZON_DAYS, rebuild_plans
from services.hours.models import HoursException, HoursRule
from tests.factories.services import NOW, OfferingFactory, PoolFactory, make_booking

TOMORROW = today(NOW) + timedelta(days=1)


def open_weekly(
    centre: Centre,
    *,
    opens: time = time(9),
    closes: time = time(21),
    now: datetime = NOW,
    **fields: Any,
) -> HoursRule:
    """Every day of the week, 9:00 to 21:00 unless told, with the plans that follow."""
    rule = HoursRule.objects.create(
        centre=centre,
        weekdays="1234567",
        opens=opens,
        closes=closes,
        valid_from=date(2026, 1, 1),
        **fields,
    )
    first = today(now)
    rebuild_plans(Pool.objects.filter(centre=centre), first, first + timedelta(days=HORIZON_DAYS))
    return rule


def weekly_offering(
    *, lanes_total: int = 5, lanes_online: int = 3, now: datetime = NOW, **fields: Any
) -> Offering:
    """An item of a centre open every day, of whose five windows three take bookings."""
    pool = PoolFactory(lanes_total=lanes_total, lanes_online=lanes_online, **fields)
    offering = OfferingFactory(pool=pool)
    open_weekly(pool.centre, now=now)
    return offering


def close_behind_its_back(booking: Booking) -> None:
    """Close the booking's day as a change does that nobody previewed."""
    HoursException.objects.create(
        centre=booking.centre, date=booking.date, reason_zh="停电", reason_en="power cut"
    )
    rebuild_plans([booking.pool], booking.date, booking.date)


def booking_at(
    offering: Offering,
    hour: int,
    *,
    day: date | None = None,
    number: int = 1,
    now: datetime = NOW,
    **fields: Any,
) -> Booking:
    """A booking at the full hour, tomorrow unless told, by the person with that number."""
    start = moment(day or today(now) + timedelta(days=1), hour * 4)
    return make_booking(offering, start=start, phone=f"1390000{number:04d}", now=now, **fields)


def fingerprint_in(page: str) -> str:
    """What a preview page sends along with its next step."""
    found = re.search(r'name="expected" value="(\w+)"', page)
    assert found, "no preview"
    return found[1]
