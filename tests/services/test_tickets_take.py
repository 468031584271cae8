"""Taking a number: at the kiosk, with a booking, from afar, on paper."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.common.clock import moment, today
from services.bookings.models import Booking, Status
from services.halls.models import HallSettings
from services.hours.models import DayPlan
from services.tickets.actions import (
    Walker,
    check_in_visit,
    enter_paper_number,
    leave_queue,
    take_number,
)
from services.tickets.errors import (
    HallClosedError,
    NotYourDayError,
    NumberTakenError,
    RemoteOffError,
    TicketOverError,
    VisitOverError,
)
from services.tickets.models import Source, Ticket, TicketState
from tests.factories.accounts import staff_at
from tests.factories.hall import arrive, called, make_hall, queue_of, walk_in
from tests.factories.services import NOW, PoolFactory, make_booking, open_week

pytestmark = pytest.mark.django_db


def order(pool):
    return [ticket.text for ticket in Ticket.objects.waiting([pool.pk])]


def test_numbers_follow_on_and_start_anew_each_day():
    pool = make_hall().pool

    today_s = [ticket.text for ticket in queue_of(pool, 3)]
    tomorrow = walk_in(pool, now=NOW + timedelta(days=1)).text

    assert today_s == ["A001", "A002", "A003"]
    assert tomorrow == "A001"


def test_pools_and_kinds_count_for_themselves():
    offering = make_hall()
    other = PoolFactory(centre=offering.centre, code="B")
    open_week(other)

    assert walk_in(offering.pool).text == "A001"
    assert walk_in(other).text == "B001"
    assert walk_in(offering.pool, has_priority=True).text == "PA001"
    assert arrive(offering, cell=44, at=NOW).text == "RA001"


def test_a_number_that_was_rolled_back_is_given_to_the_next():
    pool = make_hall().pool
    with transaction.atomic():
        walk_in(pool)
        transaction.set_rollback(True)

    assert walk_in(pool).text == "A001"


def test_orders_booked_walk_in_priority_and_late():
    offering = make_hall()
    pool = offering.pool
    walk_in(pool, now=NOW)
    walk_in(pool, now=NOW + timedelta(minutes=5))
    walk_in(pool, now=NOW + timedelta(minutes=21), has_priority=True)
    arrive(offering, cell=41, at=NOW + timedelta(minutes=10), phone="13900000002")
    arrive(offering, cell=40, at=NOW + timedelta(minutes=20), phone="13900000003")

    # On time for 10:15: from 10:05. Late for 10:00: from 10:20. Priority at 10:21: from 10:01.
    assert order(pool) == ["A001", "PA001", "A002", "RA001", "RA002"]


def test_mashing_the_kiosk_gives_one_number():
    pool = make_hall().pool

    first = walk_in(pool, key="one-page")
    again = walk_in(pool, key="one-page")

    assert first.pk == again.pk
    assert Ticket.objects.count() == 1


def test_gives_no_number_while_closed():
    pool = make_hall().pool
    DayPlan.objects.update(spans=[])

    with pytest.raises(HallClosedError):
        walk_in(pool)


def test_arriving_checks_the_booking_in_and_twice_gives_one_number():
    offering = make_hall()
    first = arrive(offering, cell=44, at=NOW)

    again = check_in_visit(booking_id=first.booking_id, source=Source.DESK, now=NOW)

    assert again.pk == first.pk
    assert Booking.objects.get().status == Status.CHECKED_IN
    assert [line.item for line in first.items.all()] == [offering.item]


@pytest.mark.parametrize("status", [Status.DONE, Status.NO_SHOW])
def test_a_used_booking_gives_no_number(status):
    booking = make_booking(make_hall(), start=NOW + timedelta(hours=3))
    Booking.objects.update(status=status)

    with pytest.raises(VisitOverError):
        check_in_visit(booking_id=booking.pk, source=Source.KIOSK, now=NOW)


def test_another_day_s_booking_gives_no_number():
    booking = make_booking(make_hall())

    with pytest.raises(NotYourDayError, match="26"):
        check_in_visit(booking_id=booking.pk, source=Source.KIOSK, now=NOW)


def test_from_afar_is_off_until_the_centre_allows_it():
    pool = make_hall().pool
    walker = Walker(Source.REMOTE, "en", minutes_away=20)
    with pytest.raises(RemoteOffError):
        take_number(pool=pool, walker=walker, now=NOW)

    HallSettings.objects.create(centre=pool.centre, remote_minutes=30)
    ticket = take_number(pool=pool, walker=walker, now=NOW)

    assert ticket.sort_at == round((NOW + timedelta(minutes=20)).timestamp() * 1000)


def test_paper_numbers_come_in_where_they_were_written():
    pool = make_hall().pool
    walk_in(pool, now=NOW)
    clerk = staff_at(pool.centre_id)
    earlier = NOW - timedelta(minutes=30)

    enter_paper_number(pool=pool, number=901, arrived_at=earlier, now=NOW, actor=clerk)

    assert order(pool) == ["A901", "A001"]
    with pytest.raises(NumberTakenError):
        enter_paper_number(pool=pool, number=901, arrived_at=earlier, now=NOW, actor=clerk)
    with pytest.raises(NumberTakenError):
        enter_paper_number(pool=pool, number=5, arrived_at=earlier, now=NOW, actor=clerk)


def test_leaves_the_queue_once_and_not_from_the_window():
    pool = make_hall().pool
    ticket = walk_in(pool)

    assert leave_queue(ticket_id=ticket.pk, now=NOW).state == TicketState.LEFT
    assert leave_queue(ticket_id=ticket.pk, now=NOW).version == 2
    _, at_window = called(pool)
    with pytest.raises(TicketOverError):
        leave_queue(ticket_id=at_window.pk, now=NOW)


def test_the_database_refuses_a_second_live_number_of_a_booking():
    ticket = arrive(make_hall(), cell=44, at=NOW)

    ticket.pk, ticket.secret, ticket.number = None, "another", 2
    with pytest.raises(IntegrityError), transaction.atomic():
        ticket.save(force_insert=True)


def test_keeps_the_forecast_of_the_moment():
    pool = make_hall().pool
    called(pool)

    ticket = walk_in(pool)

    assert ticket.forecast_p50 is not None
    assert ticket.forecast_p50 <= ticket.forecast_p90
    assert moment(today(NOW), 40) == NOW
