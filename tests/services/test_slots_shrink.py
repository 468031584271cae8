"""Places of a day with fewer lanes than before: what is taken beyond them still counts."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lishui_center.common.clock import cell_at, today
from services.bookings.actions import book_visit
from services.changes.actions import cancel_booking
from services.hours.rules import lane_table
from services.slots.actions import Hold, fit_lanes, release_hold, take_places
from services.slots.errors import SlotFullError
from services.slots.models import Claim
from tests.factories.services import NOW, PoolFactory, make_booking, open_day, open_offering
from tests.services.test_bookings_book import ask

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
DAY, FIRST, CELLS, MOST_LANES = today(TOMORROW), cell_at(TOMORROW), 2, 3
BOOK = st.tuples(st.just("book"), st.integers(0, CELLS - 1), st.integers(1, CELLS))
CANCEL = st.tuples(st.just("cancel"), st.integers(0, 9), st.none())
CHANGE = st.tuples(st.just("lanes"), st.integers(1, MOST_LANES), st.none())


def set_lanes(pool, lanes):
    """What a manager's change does to the day."""
    pool.lanes_online = lanes
    plan = open_day(pool, DAY, first=FIRST, end=FIRST + CELLS)
    fit_lanes({(pool.pk, DAY): lane_table(plan.spans)})


def taken_in(pool, cell):
    return Claim.objects.filter(pool=pool, date=DAY, cell=cell).count()


def test_a_place_freed_below_the_lanes_is_not_booked_again():
    offering = open_offering(pool__lanes_online=3)
    bookings = [make_booking(offering, phone=f"1390000000{n}") for n in range(3)]
    set_lanes(offering.pool, 2)
    first = next(booking for booking in bookings if booking.claims.get().lane == 0)
    cancel_booking(booking_id=first.pk, now=NOW)

    with pytest.raises(SlotFullError):
        book_visit(request=ask(offering, phone="13900000009"), now=NOW)

    assert taken_in(offering.pool, FIRST) == 2


def test_once_enough_are_freed_it_is():
    offering = open_offering(pool__lanes_online=3)
    bookings = [make_booking(offering, phone=f"1390000000{n}") for n in range(3)]
    set_lanes(offering.pool, 2)
    for booking in bookings[:2]:
        cancel_booking(booking_id=booking.pk, now=NOW)

    assert book_visit(request=ask(offering, phone="13900000009"), now=NOW).is_new


@given(steps=st.lists(BOOK | CANCEL | CHANGE, min_size=6, max_size=16))
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_nobody_new_is_let_in_beyond_the_lanes(steps):
    pool, held = PoolFactory(lanes_total=MOST_LANES), []
    set_lanes(pool, MOST_LANES)
    for number, (step, first, length) in enumerate(steps):
        cells = range(FIRST + first, FIRST + min(first + (length or 0), CELLS))
        if step == "lanes":
            set_lanes(pool, first)
        elif step == "cancel" and held:
            release_hold(hold=held.pop(first % len(held)))
        elif step == "book":
            hold = Hold(f"{pool.pk}-{number}", TOMORROW, TOMORROW)
            has_room = all(taken_in(pool, cell) < pool.lanes_online for cell in cells)
            try:
                take_places(pool_id=pool.pk, day=DAY, cells=cells, now=NOW, hold=hold)
            except SlotFullError:
                assert not has_room
            else:
                held.append(hold.token)
                assert all(taken_in(pool, cell) <= pool.lanes_online for cell in cells)
