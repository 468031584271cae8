"""Arriving, missing a visit, and what follows."""

from datetime import timedelta

import pytest

from lishui_center.notifications.models import Notification
from services.attendance.actions import check_in, confirm_attendance, mark_no_show, undo
from services.attendance.errors import (
    NothingToUndoError,
    NotMissedError,
    NotTheDayError,
    NotYetError,
)
from services.bookings.errors import ItemAlreadyBookedError, NotActiveError, SuspendedError
from services.bookings.models import Booking, Status
from services.bookings.visitors import make_visitor
from services.standing.errors import OwnRecordError
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, make_booking, open_offering

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
AFTER = TOMORROW + timedelta(minutes=16)


@pytest.fixture
def clerk():
    return UserFactory(phone="13700000001")


def miss(offering, clerk, day=1, **booking):
    start = NOW + timedelta(days=day)
    missed = make_booking(offering, start=start, **booking)
    return mark_no_show(booking_id=missed.pk, actor=clerk, now=start + timedelta(minutes=16))


def test_saying_i_will_come_twice_keeps_the_first_time():
    booking = make_booking()

    confirm_attendance(booking_id=booking.pk, now=NOW)
    again = confirm_attendance(booking_id=booking.pk, now=TOMORROW)

    assert again.attendance_confirmed_at == NOW


def test_check_in_keeps_the_place_and_the_item(clerk):
    offering = open_offering()
    booking = make_booking(offering)

    check_in(booking_id=booking.pk, actor=clerk, now=TOMORROW)

    assert booking.claims.count() == 1
    with pytest.raises(ItemAlreadyBookedError):
        make_booking(offering)


def test_nobody_is_checked_in_on_another_day(clerk):
    with pytest.raises(NotTheDayError):
        check_in(booking_id=make_booking().pk, actor=clerk, now=NOW)


def test_a_cancelled_visit_is_not_checked_in(clerk):
    booking = make_booking()
    Booking.objects.filter(pk=booking.pk).update(status=Status.CANCELLED, cancelled_at=NOW)

    with pytest.raises(NotActiveError):
        check_in(booking_id=booking.pk, actor=clerk, now=TOMORROW)


def test_a_visit_is_missed_only_after_the_grace(clerk):
    with pytest.raises(NotYetError):
        mark_no_show(booking_id=make_booking().pk, actor=clerk, now=AFTER - timedelta(minutes=2))


def test_a_visit_the_centre_disturbed_is_never_missed(clerk):
    booking = make_booking()
    Booking.objects.filter(pk=booking.pk).update(kept_free=True)

    with pytest.raises(NotMissedError):
        mark_no_show(booking_id=booking.pk, actor=clerk, now=AFTER)


def test_warns_twice_then_suspends(clerk):
    offering = open_offering()
    for day in (1, 2, 3):
        miss(offering, clerk, day)

    told = list(Notification.objects.filter(kind__in=["booking_no_show", "booking_suspended"]))
    assert [message.kind for message in sorted(told, key=lambda row: row.pk)] == [
        "booking_no_show",
        "booking_no_show",
        "booking_suspended",
    ]
    assert Suspension.objects.get().ends_at == NOW + timedelta(days=33, minutes=16)
    with pytest.raises(SuspendedError):
        make_booking(offering, now=NOW + timedelta(days=4), start=NOW + timedelta(days=5))


def test_a_concession_is_neither_warned_nor_suspended(clerk):
    offering = open_offering()
    visitor = make_visitor(name="陈", phone="13900000001", language="zh-hans", concession=True)
    for day in (1, 2, 3):
        miss(offering, clerk, day, visitor=visitor)

    assert not Notification.objects.filter(kind="booking_no_show").exists()
    assert not Suspension.objects.exists()


def test_undoing_a_missed_visit_lifts_what_followed(clerk):
    offering = open_offering()
    for day in (1, 2):
        miss(offering, clerk, day)
    last = miss(offering, clerk, 3)

    undo(booking_id=last.pk, actor=clerk, now=NOW + timedelta(days=3, minutes=20))

    last.refresh_from_db()
    assert last.status == Status.BOOKED
    assert Suspension.objects.get().lifted_at is not None


def test_there_is_nothing_to_undo_on_an_open_visit(clerk):
    with pytest.raises(NothingToUndoError):
        undo(booking_id=make_booking().pk, actor=clerk, now=TOMORROW)


@pytest.mark.parametrize("act", [check_in, mark_no_show])
def test_nobody_notes_their_own_visit(act):
    booking = make_booking(phone="13700000002")

    with pytest.raises(OwnRecordError):
        act(booking_id=booking.pk, actor=UserFactory(phone="13700000002"), now=AFTER)
