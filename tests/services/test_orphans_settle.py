"""Bookings whose time was closed since: found whenever, kept or moved, never cancelled."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import translation

from lishui_center.audit.models import Event
from lishui_center.common.clock import moment
from lishui_center.notifications.models import Notification
from services.attendance.actions import mark_no_show
from services.attendance.errors import NotMissedError
from services.bookings.models import Booking
from services.changes.actions import cancel_booking, move_booking
from services.orphans.access import find_orphans
from services.orphans.actions import Notice, Settled, settle_orphans
from services.orphans.rules import BookedVisit, Decision, left_out
from services.slots.bands import Band
from tests.factories.accounts import UserFactory
from tests.factories.opening import (
    TOMORROW,
    booking_at,
    close_behind_its_back,
    weekly_offering,
)
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db

NOTICE = Notice("台风预警", "typhoon warning")


def settle(*bookings, decision=Decision.KEEP):
    return settle_orphans(
        pks=[booking.pk for booking in bookings],
        decision=decision,
        notice=NOTICE,
        by=UserFactory(),
        now=NOW,
    )


def test_leaves_out_who_came_last():
    visits = [BookedVisit(1, range(4)), BookedVisit(2, range(2, 6)), BookedVisit(3, range(4, 6))]

    assert left_out(visits, dict.fromkeys(range(6), 1)) == [2]


def test_leaves_out_what_ends_after_closing():
    assert left_out([BookedVisit(1, range(2, 5))], dict.fromkeys(range(4), 3)) == [1]


def test_finds_nothing_while_plans_stand():
    booking_at(weekly_offering(), 14)

    assert find_orphans(Q(), now=NOW) == []


def test_finds_a_booking_whatever_changed_the_plan():
    booking = booking_at(weekly_offering(), 14)

    close_behind_its_back(booking)

    assert find_orphans(Q(), now=NOW) == [booking.pk]


def test_forgets_what_is_over():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)

    assert find_orphans(Q(), now=booking.starts_at) == []


def test_keeps_with_notice():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)

    assert settle(booking) == Settled(kept=1, moved=0)

    booking.refresh_from_db()
    assert booking.is_active
    assert booking.kept_free
    assert find_orphans(Q(), now=NOW) == []
    told = Notification.objects.get(kind="centre_closed")
    with translation.override("zh-hans"):
        band = str(Band.AFTERNOON.label).lower()
    assert told.context == {"reason": "台风预警", "band": band, "phone": "0757-00000000"}
    assert Event.objects.filter(action="booking.kept", target_id=str(booking.pk)).exists()


def test_keeping_outdates_the_reminders():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)

    settle(booking)

    booking.refresh_from_db()
    reminders = Notification.objects.filter(kind="booking_same_day")
    assert {row.subject_version for row in reminders} == {booking.version - 1}


def test_a_kept_booking_is_never_missed():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)
    settle(booking)

    with pytest.raises(NotMissedError):
        mark_no_show(
            booking_id=booking.pk, actor=UserFactory(), now=booking.starts_at + timedelta(hours=1)
        )


def test_a_kept_booking_can_be_moved_up_to_its_start():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)
    settle(booking)

    moved = move_booking(
        booking_id=booking.pk,
        start=moment(TOMORROW + timedelta(days=1), 40),
        now=booking.starts_at - timedelta(minutes=1),
    )

    assert not moved.kept_free


def test_settling_twice_tells_once():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)
    settle(booking)

    assert settle(booking) == Settled(kept=0, moved=0)
    assert Notification.objects.filter(kind="centre_closed").count() == 1


def test_moves_to_the_next_free_time_never_to_an_earlier_one():
    offering = weekly_offering()
    booking = booking_at(offering, 14)
    close_behind_its_back(booking)

    assert settle(booking, decision=Decision.MOVE) == Settled(kept=0, moved=1)

    booking.refresh_from_db()
    assert booking.starts_at == moment(TOMORROW + timedelta(days=1), 36)
    assert Notification.objects.filter(kind="booking_changed").exists()


def test_moving_twice_moves_once():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)
    settle(booking, decision=Decision.MOVE)
    first = Booking.objects.get().starts_at

    assert settle(booking, decision=Decision.MOVE) == Settled(kept=0, moved=0)
    assert Booking.objects.get().starts_at == first


def test_keeps_what_cannot_be_moved():
    offering = weekly_offering()
    booking = booking_at(offering, 14)
    offering.centre.hours_rules.all().delete()
    offering.pool.day_plans.update(spans=[], version=2)

    assert settle(booking, decision=Decision.MOVE) == Settled(kept=1, moved=0)


def test_leaves_alone_what_its_holder_cancelled_meanwhile():
    booking = booking_at(weekly_offering(), 14)
    close_behind_its_back(booking)
    cancel_booking(booking_id=booking.pk, now=NOW)

    assert settle(booking) == Settled(kept=0, moved=0)
    assert settle(booking, decision=Decision.MOVE) == Settled(kept=0, moved=0)


def test_costs_two_queries_however_many(django_assert_num_queries):
    offering = weekly_offering()
    bookings = [booking_at(offering, 10 + n, number=n) for n in range(8)]
    close_behind_its_back(bookings[0])

    with django_assert_num_queries(2):
        assert len(find_orphans(Q(), now=NOW)) == 8
