"""move_booking and cancel_booking."""

from datetime import timedelta

import pytest

from lishui_center.notifications.models import Notification
from services.bookings.errors import (
    ChangedElsewhereError,
    DailyLimitError,
    NotActiveError,
    SameTimeError,
    TooLateToChangeError,
)
from services.bookings.models import Booking, CancelledBy, Status
from services.changes.actions import cancel_booking, move_booking
from services.slots.errors import SlotClosedError, SlotFullError
from services.slots.models import Claim
from tests.factories.services import NOW, OfferingFactory, make_booking, open_offering

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
LATER = TOMORROW + timedelta(hours=2)


def test_move_keeps_the_reference_and_frees_the_old_place():
    booking = make_booking()

    moved = move_booking(booking_id=booking.pk, start=LATER, now=NOW)

    assert (moved.reference, moved.starts_at, moved.version) == (booking.reference, LATER, 2)
    assert list(Claim.objects.values_list("cell", flat=True)) == [48]


def test_move_outdates_the_old_reminders():
    booking = make_booking()

    move_booking(booking_id=booking.pk, start=LATER, now=NOW)

    same_day = Notification.objects.filter(kind="booking_same_day").order_by("subject_version")
    assert list(same_day.values_list("subject_version", flat=True)) == [1, 2]


def test_move_by_a_quarter_keeps_the_shared_places_on_a_full_day():
    offering = open_offering(item__minutes=30, pool__lanes_online=1)
    booking = make_booking(offering)

    move_booking(booking_id=booking.pk, start=TOMORROW + timedelta(minutes=15), now=NOW)

    assert sorted(Claim.objects.values_list("cell", flat=True)) == [41, 42]


def test_move_to_a_full_time_changes_nothing():
    offering = open_offering(pool__lanes_online=1)
    booking = make_booking(offering)
    make_booking(offering, start=LATER, phone="13900000002")

    with pytest.raises(SlotFullError):
        move_booking(booking_id=booking.pk, start=LATER, now=NOW)

    booking.refresh_from_db()
    assert (booking.starts_at, booking.version) == (TOMORROW, 1)
    assert Claim.objects.filter(booking=booking).count() == 1


@pytest.mark.parametrize(
    ("start", "error"),
    [(TOMORROW, SameTimeError), (TOMORROW + timedelta(hours=12), SlotClosedError)],
)
def test_move_refuses_other_times_too(start, error):
    booking = make_booking()

    with pytest.raises(error):
        move_booking(booking_id=booking.pk, start=start, now=NOW)


def test_move_refuses_a_day_that_is_full_for_the_person():
    booking = make_booking()
    for _ in range(2):
        make_booking(open_offering(), start=TOMORROW + timedelta(days=1))

    with pytest.raises(DailyLimitError):
        move_booking(booking_id=booking.pk, start=TOMORROW + timedelta(days=1), now=NOW)


def test_a_second_tab_cannot_undo_the_first():
    booking = make_booking()
    move_booking(booking_id=booking.pk, start=LATER, now=NOW, version=1)

    with pytest.raises(ChangedElsewhereError):
        cancel_booking(booking_id=booking.pk, now=NOW, version=1)


@pytest.mark.parametrize("seconds", [0, 1])
def test_changes_end_two_hours_before(seconds):
    booking = make_booking()
    now = TOMORROW - timedelta(hours=2) + timedelta(seconds=seconds)

    if seconds:
        with pytest.raises(TooLateToChangeError):
            cancel_booking(booking_id=booking.pk, now=now)
    else:
        assert cancel_booking(booking_id=booking.pk, now=now).status == Status.CANCELLED


def test_a_visit_the_centre_disturbed_can_be_changed_to_the_last():
    booking = make_booking()
    Booking.objects.filter(pk=booking.pk).update(kept_free=True)

    moved = move_booking(
        booking_id=booking.pk,
        start=LATER + timedelta(hours=1),
        now=TOMORROW - timedelta(minutes=1),
    )

    assert not moved.kept_free


def test_cancel_frees_the_place_and_the_item():
    offering = open_offering(pool__lanes_online=1)
    booking = make_booking(offering)

    cancel_booking(booking_id=booking.pk, now=NOW)

    assert not Claim.objects.exists()
    assert make_booking(offering).pk != booking.pk


def test_cancel_twice_is_refused():
    booking = make_booking()
    cancel_booking(booking_id=booking.pk, now=NOW)

    with pytest.raises(NotActiveError):
        cancel_booking(booking_id=booking.pk, now=NOW)


def test_the_centre_may_cancel_late_and_it_does_not_count():
    offering = open_offering()
    for n in range(6):
        booking = make_booking(OfferingFactory(pool=offering.pool))
        late = TOMORROW - timedelta(minutes=n + 1)
        cancel_booking(booking_id=booking.pk, now=late, by=CancelledBy.CENTRE)

    assert make_booking(offering)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (2, {}),
        (3, {"cancelled": "4", "within_days": "30", "paused_until": ""}),
        (4, {"cancelled": "5", "within_days": "30", "paused_until": "12月25日"}),
    ],
)
def test_cancel_tells_of_the_pause_when_the_limit_is_near(before, said):
    offering = open_offering()
    for _ in range(before):
        cancel_booking(booking_id=make_booking(offering).pk, now=NOW)

    last = cancel_booking(booking_id=make_booking(offering).pk, now=NOW)

    told = Notification.objects.get(kind="booking_cancelled", subject_id=last.pk)
    assert told.context == said


def test_cancel_by_the_centre_warns_nobody():
    offering = open_offering()
    for _ in range(4):
        cancel_booking(booking_id=make_booking(offering).pk, now=NOW)

    last = make_booking(offering)
    cancel_booking(booking_id=last.pk, now=NOW, by=CancelledBy.CENTRE)

    assert Notification.objects.get(kind="booking_cancelled", subject_id=last.pk).context == {}
