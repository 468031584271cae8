"""Counting missed visits fairly, and taking them back."""

from datetime import timedelta

import pytest

from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.attendance.actions import check_in, mark_no_show, undo
from services.attendance.errors import NotMissedError
from services.bookings.errors import ItemAlreadyBookedError
from services.bookings.models import Booking, Status
from services.hours.models import DayPlan
from services.standing.actions import appeal, decide_appeal
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, OfferingFactory, make_booking, open_offering
from tests.services.test_waitlist_races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory(phone="13700000001")


def after(day):
    return NOW + timedelta(days=day, minutes=16)


def miss(offering, clerk, day):
    booking = make_booking(
        offering, start=NOW + timedelta(days=day), now=NOW + timedelta(days=day - 1)
    )
    return mark_no_show(booking_id=booking.pk, actor=clerk, now=after(day))


def missed_before(offering, days_ago):
    """A visit missed so long ago."""
    booking = make_booking(offering)
    start = NOW - timedelta(days=days_ago)
    Booking.objects.filter(pk=booking.pk).update(
        status=Status.NO_SHOW, starts_at=start, date=start.date()
    )
    booking.items.update(open_key="")
    booking.claims.all().delete()
    return booking


def test_a_closed_centre_makes_nobody_miss(clerk):
    booking = make_booking()
    DayPlan.objects.filter(date=booking.date).update(spans=[])

    with pytest.raises(NotMissedError):
        mark_no_show(booking_id=booking.pk, actor=clerk, now=after(1))


def test_what_was_missed_long_ago_is_forgotten(clerk):
    offering = open_offering()
    for days_ago in (89, 92):
        missed_before(offering, days_ago)

    miss(offering, clerk, 2)

    assert not Suspension.objects.exists()
    assert Notification.objects.get(kind="booking_no_show").context["no_shows"] == "1"


def test_what_one_suspension_paid_for_does_not_count_again(clerk):
    offering = open_offering()
    for day in (1, 2, 3):
        last = miss(offering, clerk, day)
    suspension = Suspension.objects.get(cause=last)
    appeal(suspension_id=suspension.pk, text="住院了", now=after(3))
    decide_appeal(
        suspension_id=suspension.pk, upheld=True, note="有证明", actor=clerk, now=after(3)
    )

    miss(offering, clerk, 4)

    assert Suspension.objects.count() == 1
    latest = Notification.objects.filter(kind="booking_no_show").first()
    assert latest.context["no_shows"] == "1"


def test_noting_it_again_after_a_mistake_suspends_again(clerk):
    offering = open_offering()
    for day in (1, 2, 3):
        last = miss(offering, clerk, day)
    undo(booking_id=last.pk, actor=clerk, now=after(3))

    mark_no_show(booking_id=last.pk, actor=clerk, now=after(3) + timedelta(minutes=5))

    assert Suspension.objects.in_force(after(4)).get().cause == last
    assert Notification.objects.filter(kind="booking_suspended").count() == 2


@pytest.mark.parametrize(("missed", "kind"), [(1, "booking_no_show"), (3, "booking_suspended")])
def test_a_mistake_taken_back_in_time_is_never_told(clerk, missed, kind):
    offering = open_offering()
    for day in range(1, missed + 1):
        last = miss(offering, clerk, day)
    message = Notification.objects.filter(kind=kind).first()
    assert message.due_at == after(missed) + timedelta(minutes=10)

    undo(booking_id=last.pk, actor=clerk, now=after(missed))
    send_one(message.key, now=message.due_at)

    message.refresh_from_db()
    assert message.state == State.DROPPED


@pytest.mark.parametrize("upheld", [True, False])
def test_a_pause_that_begins_anew_can_be_appealed_anew(clerk, upheld):
    offering = open_offering()
    for days_ago in (1, 2):
        missed_before(offering, days_ago)
    booking, later = miss(offering, clerk, 1), after(1) + timedelta(minutes=1)
    pause = Suspension.objects.get()
    appeal(suspension_id=pause.pk, text="我在场", now=after(1))
    decide_appeal(suspension_id=pause.pk, upheld=upheld, note="查过", actor=clerk, now=after(1))
    undo(booking_id=booking.pk, actor=clerk, now=after(1))

    mark_no_show(booking_id=booking.pk, actor=clerk, now=later)
    appeal(suspension_id=pause.pk, text="当时在住院", now=later)
    decide_appeal(suspension_id=pause.pk, upheld=True, note="有证明", actor=clerk, now=later)

    told = Notification.objects.filter(kind="appeal_decided").order_by("pk")
    assert [message.context["note"] for message in told] == ["查过", "有证明"]


def test_undoing_makes_room_beside_what_was_booked_meanwhile(clerk):
    offering = open_offering()
    missed = miss(offering, clerk, 1)
    again = make_booking(offering, start=NOW + timedelta(days=1, hours=4), now=after(1))

    undo(booking_id=missed.pk, actor=clerk, now=after(1))

    missed.refresh_from_db()
    assert (missed.status, missed.nth, again.nth) == (Status.BOOKED, 2, 1)


def test_undoing_closes_the_item_for_others_again(clerk):
    offering = open_offering()
    missed = miss(offering, clerk, 1)
    undo(booking_id=missed.pk, actor=clerk, now=after(1))

    with pytest.raises(ItemAlreadyBookedError):
        make_booking(offering, start=NOW + timedelta(days=2), now=after(1))


def test_late_but_here_is_undone_and_checked_in(clerk):
    missed = miss(open_offering(), clerk, 1)

    undo(booking_id=missed.pk, actor=clerk, now=after(1))
    here = check_in(booking_id=missed.pk, actor=clerk, now=after(1))

    assert here.status == Status.CHECKED_IN


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_count_both(clerk):
    offering = open_offering()
    miss(offering, clerk, 1)
    visits = [
        make_booking(each, start=NOW + timedelta(days=2), now=after(1))
        for each in (offering, OfferingFactory(pool=offering.pool))
    ]

    at_once(
        *[
            lambda pk=visit.pk: mark_no_show(booking_id=pk, actor=clerk, now=after(2)).status
            for visit in visits
        ]
    )

    assert Suspension.objects.count() == 1
