"""book_visit: who gets a place, who does not and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lishui_center.audit.models import Event
from lishui_center.common.clock import moment, today
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.bookings.actions import book_visit, close_items
from services.bookings.errors import (
    CancelLimitError,
    DailyLimitError,
    IdempotencyError,
    ItemAlreadyBookedError,
    SuspendedError,
)
from services.bookings.models import Booking, Channel, Status
from services.bookings.visitors import BookingRequest, make_visitor
from services.changes.actions import cancel_booking
from services.household.models import FamilyMember
from services.slots.errors import (
    SlotClosedError,
    SlotFullError,
    SlotOffGridError,
    SlotPastError,
    SlotTooFarError,
    SlotTooSoonError,
)
from services.slots.models import Claim
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, OfferingFactory, make_booking, open_offering, visit_of

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def ask(offering, start=TOMORROW, phone="13900000001", **fields):
    visitor = make_visitor(name="陈小怡", phone=phone, language="zh-hans")
    return BookingRequest(
        **{"visit": visit_of(offering), "start": start, "visitor": visitor}
        | {"channel": Channel.WEB}
        | fields
    )


def test_takes_one_lane_of_each_cell():
    booking = make_booking(open_offering(item__minutes=40))

    assert sorted(booking.claims.values_list("cell", flat=True)) == [40, 41, 42]
    assert (booking.starts_at, booking.ends_at) == (TOMORROW, TOMORROW + timedelta(minutes=45))


def test_confirms_and_reminds_in_the_same_transaction():
    booking = make_booking()

    due = dict(Notification.objects.values_list("kind", "due_at"))
    # At ten the day before, that reminder would say what the confirmation just said.
    assert due == {
        "booking_confirmed": NOW,
        "booking_same_day": TOMORROW - timedelta(hours=2),
    }
    assert Notification.objects.filter(subject_id=booking.pk).count() == len(due)


def test_asks_nobody_to_come_to_a_visit_that_is_over():
    booking = make_booking()

    for key in Notification.objects.values_list("key", flat=True):
        send_one(key, now=booking.starts_at + timedelta(hours=1))

    assert set(Notification.objects.values_list("state", flat=True)) == {State.DROPPED}


def test_is_audited_without_personal_data():
    booking = make_booking()

    event = Event.objects.get(action="booking.booked")
    assert event.target_id == str(booking.pk)
    assert booking.phone not in str(event.facts)


def test_books_several_items_in_one_visit():
    first = open_offering(item__minutes=15)
    second = OfferingFactory(pool=first.pool, item__minutes=20)

    booking = book_visit(
        request=replace(ask(first), visit=visit_of(first, second)), now=NOW
    ).booking

    assert booking.cells == 3
    assert [line.item for line in booking.items.all()] == [first.item, second.item]


def test_fills_every_lane_then_refuses():
    offering = open_offering()
    for n in range(offering.pool.lanes_online):
        make_booking(offering, phone=f"1390000000{n}")

    with pytest.raises(SlotFullError):
        book_visit(request=ask(offering, phone="13900000009"), now=NOW)

    assert Booking.objects.count() == offering.pool.lanes_online


def test_wastes_no_lane_on_visits_of_different_length():
    """Whoever fits by count fits: lanes may change from cell to cell."""
    quarter = open_offering(item__minutes=15)
    half = OfferingFactory(pool=quarter.pool, item__minutes=30)
    for n, start in enumerate([TOMORROW, TOMORROW + timedelta(minutes=15)]):
        make_booking(quarter, start=start, phone=f"1390000000{n}")

    assert make_booking(half, start=TOMORROW, phone="13900000009").cells == 2


@pytest.mark.parametrize(
    ("start", "error"),
    [
        (NOW - timedelta(minutes=15), SlotPastError),
        (NOW, SlotPastError),
        (NOW + timedelta(minutes=105), SlotTooSoonError),
        (TOMORROW + timedelta(minutes=7), SlotOffGridError),
        (NOW + timedelta(days=8), SlotTooFarError),
        (moment(today(TOMORROW), 84), SlotClosedError),
        (moment(today(TOMORROW), 20), SlotClosedError),
    ],
)
def test_refuses_a_time_that_cannot_be_booked(start, error):
    offering = open_offering()

    with pytest.raises(error):
        book_visit(request=ask(offering, start), now=NOW)

    assert not Claim.objects.exists()


def test_refuses_a_visit_that_would_outlast_the_opening():
    offering = open_offering(item__minutes=30)

    with pytest.raises(SlotClosedError):
        book_visit(request=ask(offering, moment(today(TOMORROW), 83)), now=NOW)


def test_opens_a_new_day_at_the_release_hour():
    offering = open_offering()
    eight = moment(today(NOW), 32)
    request = ask(offering, NOW + timedelta(days=7))

    with pytest.raises(SlotTooFarError):
        book_visit(request=request, now=eight - timedelta(seconds=1))

    assert book_visit(request=request, now=eight).is_new


def test_works_a_minute_before_midnight():
    late = moment(today(NOW), 96) - timedelta(minutes=1)
    offering = open_offering(late)

    booking = book_visit(request=ask(offering), now=late).booking

    assert booking.date == today(late) + timedelta(days=1)


def test_refuses_a_third_booking_of_the_day():
    offerings = [open_offering() for _ in range(3)]
    make_booking(offerings[0])
    make_booking(offerings[1])

    with pytest.raises(DailyLimitError):
        make_booking(offerings[2])


def test_refuses_the_same_item_twice():
    offering = open_offering()
    make_booking(offering)

    with pytest.raises(ItemAlreadyBookedError):
        make_booking(offering, start=TOMORROW + timedelta(days=1))


def test_lets_a_relative_without_a_phone_have_the_same_item():
    offering, user = open_offering(), UserFactory(phone="13900000001")
    make_booking(offering)
    mother = FamilyMember.objects.create(user=user, name="李阿婆", relation="parent")
    visitor = make_visitor(
        name=mother.name, phone="13900000001", language="zh-hans", user=user, relative=mother
    )

    assert make_booking(offering, visitor=visitor).name == "李阿婆"


def test_an_unclosed_visit_of_the_past_blocks_nothing():
    offering = open_offering()
    old = make_booking(offering, start=NOW + timedelta(hours=3))
    assert old.status == Status.BOOKED

    later = NOW + timedelta(days=2)
    booking = book_visit(request=ask(offering, later + timedelta(days=1)), now=later).booking

    assert booking.pk != old.pk


def test_pauses_after_five_cancellations_in_thirty_days():
    offering = open_offering()
    for _ in range(5):
        cancel_booking(booking_id=make_booking(offering).pk, now=NOW)

    with pytest.raises(CancelLimitError):
        make_booking(offering)


def test_never_counts_what_the_centre_disturbed_as_cancelled():
    offering = open_offering()
    for _ in range(5):
        booking = make_booking(offering)
        Booking.objects.filter(pk=booking.pk).update(kept_free=True)
        cancel_booking(booking_id=booking.pk, now=NOW)

    assert make_booking(offering)


def suspend_for_no_shows(offering, **booking):
    missed = make_booking(offering, **booking)
    Booking.objects.filter(pk=missed.pk).update(status=Status.NO_SHOW)
    close_items(missed)
    return Suspension.objects.create(
        phone_hash=missed.phone_hash,
        centre=offering.centre,
        cause=missed,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=30),
        appeal_until=NOW + timedelta(days=7),
    )


def test_refuses_a_suspended_person_online():
    offering = open_offering()
    suspend_for_no_shows(offering)

    with pytest.raises(SuspendedError):
        make_booking(offering)


def test_staff_may_book_for_a_suspended_person():
    offering = open_offering()
    suspend_for_no_shows(offering)

    assert make_booking(offering, booked_by=UserFactory(phone="13900000002"))


def test_a_concession_that_anybody_can_tick_lifts_no_suspension():
    offering = open_offering()
    suspend_for_no_shows(offering)
    visitor = make_visitor(name="陈", phone="13900000001", language="en", concession=True)

    with pytest.raises(SuspendedError) as refusal:
        make_booking(offering, visitor=visitor)
    assert "工作人员" in str(refusal.value)


def test_a_concession_does_not_count_cancellations():
    offering = open_offering()
    for _ in range(5):
        cancel_booking(booking_id=make_booking(offering).pk, now=NOW)
    visitor = make_visitor(name="陈", phone="13900000001", language="en", concession=True)

    assert make_booking(offering, visitor=visitor)


def test_answers_a_replay_with_the_same_booking():
    offering = open_offering()
    request = ask(offering, idempotency_key="k1")

    first, second = book_visit(request=request, now=NOW), book_visit(request=request, now=NOW)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.booking.token == second.booking.token


@pytest.mark.parametrize("phone", ["13900000001", "13900000002"])
def test_refuses_a_key_used_for_something_else(phone):
    offering = open_offering()
    book_visit(request=ask(offering, idempotency_key="k1"), now=NOW)
    other = ask(offering, TOMORROW + timedelta(hours=1), phone, idempotency_key="k1")

    with pytest.raises(IdempotencyError):
        book_visit(request=other, now=NOW)
