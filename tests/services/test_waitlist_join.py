"""join_waitlist and leave_waitlist."""

from datetime import timedelta

import pytest

from services.bookings.errors import DailyLimitError, ItemAlreadyBookedError, SuspendedError
from services.bookings.models import Booking, Status
from services.slots.errors import SlotClosedError, SlotPastError, SlotTooFarError, SlotTooSoonError
from services.slots.models import Claim
from services.standing.models import Suspension
from services.waitlist.actions import accept_offer, leave_waitlist
from services.waitlist.errors import (
    AlreadyWaitingError,
    NotWaitingError,
    PlacesFreeError,
    RangeError,
)
from services.waitlist.models import WaitlistEntry, WaitState
from tests.factories.services import NOW, OfferingFactory, make_booking
from tests.factories.waiting import (
    TOMORROW,
    free_a_place,
    full_offering,
    offered,
    waiting,
)

pytestmark = pytest.mark.django_db


def test_waits_for_a_full_time():
    offering = full_offering()

    entry = waiting(offering)

    assert (entry.state, entry.earliest_start) == (WaitState.WAITING, TOMORROW)
    assert list(entry.items.all()) == [offering.item]


def test_is_told_of_a_place_that_is_free():
    offering = full_offering(starts=2)
    free_a_place(offering, start_cell=41)

    with pytest.raises(PlacesFreeError) as refusal:
        waiting(offering, last=TOMORROW + timedelta(minutes=15))

    assert refusal.value.details["start"] == TOMORROW + timedelta(minutes=15)


def test_may_wait_for_a_full_hour_of_a_day_that_is_free_at_others():
    offering = full_offering(starts=2)
    free_a_place(offering, start_cell=41)

    assert waiting(offering).state == WaitState.WAITING


def test_is_refused_twice_for_the_same_day():
    offering = full_offering()
    waiting(offering)

    with pytest.raises(AlreadyWaitingError):
        waiting(offering)

    assert WaitlistEntry.objects.count() == 1


def test_may_join_again_after_leaving():
    offering = full_offering()
    leave_waitlist(entry_id=waiting(offering).pk)

    assert waiting(offering).state == WaitState.WAITING


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        (TOMORROW + timedelta(minutes=15), TOMORROW, RangeError),
        (NOW - timedelta(hours=1), NOW - timedelta(hours=1), SlotPastError),
        (NOW + timedelta(hours=1), NOW + timedelta(hours=1), SlotTooSoonError),
        (NOW + timedelta(days=8), NOW + timedelta(days=8), SlotTooFarError),
        (TOMORROW + timedelta(hours=3), TOMORROW + timedelta(hours=3), SlotClosedError),
    ],
)
def test_is_refused_a_time_nobody_can_book(first, last, error):
    with pytest.raises(error):
        waiting(full_offering(), first=first, last=last)

    assert not WaitlistEntry.objects.exists()


def test_is_refused_to_the_suspended_also_with_a_concession():
    offering = full_offering()
    missed = make_booking(
        OfferingFactory(pool=offering.pool), phone="13900000009", start=TOMORROW + timedelta(days=1)
    )
    Booking.objects.filter(pk=missed.pk).update(status=Status.NO_SHOW)
    Suspension.objects.create(
        phone_hash=missed.phone_hash,
        centre=missed.centre,
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=29),
        appeal_until=NOW,
    )

    for concession in (False, True):
        with pytest.raises(SuspendedError):
            waiting(offering, concession=concession)


def test_is_refused_for_an_item_already_booked():
    offering = full_offering()
    make_booking(offering, phone="13900000009", start=TOMORROW + timedelta(days=1))

    with pytest.raises(ItemAlreadyBookedError):
        waiting(offering)


def test_is_refused_at_the_daily_limit():
    offering, other, third = full_offering(), full_offering(), full_offering()
    for booked in (other, third):
        free_a_place(booked)
        make_booking(booked, phone="13900000009", start=TOMORROW)

    with pytest.raises(DailyLimitError):
        waiting(offering)


def test_leaving_twice_is_fine():
    entry = waiting(full_offering())

    leave_waitlist(entry_id=entry.pk)

    assert leave_waitlist(entry_id=entry.pk).state == WaitState.WITHDRAWN


def test_declining_gives_the_place_back():
    entry = offered(full_offering())

    leave_waitlist(entry_id=entry.pk)

    assert not Claim.objects.exists()


def test_cannot_leave_once_booked():
    entry = offered(full_offering())
    accept_offer(entry_id=entry.pk, now=NOW)

    with pytest.raises(NotWaitingError):
        leave_waitlist(entry_id=entry.pk)
