"""Saying "I will come", and what happens to places nobody confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.common.clock import moment, today
from lishui_center.notifications.models import Notification, State
from lishui_center.notifications.rendering import sms
from services.attendance.actions import confirm_attendance
from services.attendance.errors import TooEarlyToConfirmError
from services.attendance.release import release_unconfirmed
from services.bookings.errors import NotActiveError
from services.bookings.messages import load_snapshots
from services.bookings.models import Booking, CancelledBy, Status
from services.bookings.visitors import make_visitor
from services.centres.models import BookingPolicy
from services.waitlist.models import WaitlistEntry
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, make_booking, open_offering
from tests.factories.waiting import full_offering, waiting

pytestmark = pytest.mark.django_db
EVENING = NOW + timedelta(hours=9)


@pytest.fixture
def wanted():
    """Tomorrow's only place, reminded of at 10:00 and not confirmed; somebody waits for it."""
    offering = full_offering()
    BookingPolicy.objects.update(releases_unconfirmed=True)
    booking = Booking.objects.get()
    waiting(offering)
    remind(booking)
    return booking


def remind(booking, *, sent_at=NOW, state=State.SENT):
    Notification.objects.create(
        key=f"booking-{booking.pk}-booking_day_before-{booking.version}",
        kind="booking_day_before",
        state=state,
        created_at=NOW,
        due_at=NOW,
        next_at=None,
        sent_at=sent_at,
        language="zh-hans",
    )


def test_too_early_says_from_when():
    booking = make_booking(start=NOW + timedelta(days=3))

    with pytest.raises(TooEarlyToConfirmError):
        confirm_attendance(booking_id=booking.pk, now=NOW)


def test_a_visit_of_the_past_is_not_confirmed():
    with pytest.raises(NotActiveError):
        confirm_attendance(booking_id=make_booking().pk, now=NOW + timedelta(days=2))


def test_releases_to_those_who_wait(wanted):
    assert release_unconfirmed(now=EVENING) == 1

    wanted.refresh_from_db()
    assert (wanted.status, wanted.cancelled_by) == (Status.CANCELLED, CancelledBy.CENTRE)
    assert Notification.objects.filter(kind="booking_cancelled").count() == 1


def test_keeps_what_was_confirmed(wanted):
    confirm_attendance(booking_id=wanted.pk, now=NOW)

    assert release_unconfirmed(now=EVENING) == 0


@pytest.mark.parametrize(
    "fact",
    [{"concession": True}, {"kept_free": True}, {"status": Status.CHECKED_IN}],
)
def test_keeps_the_place_of_whom_it_must_not_touch(wanted, fact):
    Booking.objects.update(**fact)

    assert release_unconfirmed(now=EVENING) == 0


def test_keeps_what_staff_booked_on_the_phone(wanted):
    Booking.objects.update(booked_by=UserFactory())

    assert release_unconfirmed(now=EVENING) == 0


def test_keeps_the_place_when_nobody_waits(wanted):
    WaitlistEntry.objects.all().delete()

    assert release_unconfirmed(now=EVENING) == 0


def test_keeps_the_place_unless_the_centre_releases(wanted):
    BookingPolicy.objects.update(releases_unconfirmed=False)

    assert release_unconfirmed(now=EVENING) == 0


@pytest.mark.parametrize(
    "message",
    [
        {"state": State.FAILED},
        {"sent_at": EVENING - timedelta(hours=1)},
        {"key": "reminder of an earlier time"},
    ],
)
def test_keeps_the_place_of_whoever_was_not_reminded_in_time(wanted, message):
    Notification.objects.filter(kind="booking_day_before", state=State.SENT).update(**message)

    assert release_unconfirmed(now=EVENING) == 0


@pytest.mark.parametrize(("releases", "asked"), [(True, True), (False, False)])
def test_the_reminder_asks_only_where_places_are_released(releases, asked):
    booking = make_booking()
    BookingPolicy.objects.update(releases_unconfirmed=releases)

    context = load_snapshots([booking.pk])[booking.pk].context

    assert ("确认到场" in sms("booking_day_before", "zh-hans", context | {"days_left": 1})) == asked


def test_the_reminder_threatens_nobody_with_a_concession():
    visitor = make_visitor(name="陈", phone="13900000001", language="zh-hans", concession=True)
    booking = make_booking(visitor=visitor)
    BookingPolicy.objects.update(releases_unconfirmed=True)

    assert load_snapshots([booking.pk])[booking.pk].context["confirm_by"] == ""


def booked_for_tomorrow():
    now = timezone.now()
    start = moment(today(now) + timedelta(days=1), 56)
    return make_booking(open_offering(now), start=start, now=now - timedelta(days=2))


def url_of(booking, token):
    return f"{reverse('attendance:confirm', args=[booking.reference])}?t={token}"


def test_one_tap_confirms(client):
    booking = booked_for_tomorrow()

    answer = client.post(url_of(booking, booking.token), follow=True)

    booking.refresh_from_db()
    assert booking.attendance_confirmed_at is not None
    assert answer.status_code == 200


def test_opening_the_link_confirms_nothing(client):
    booking = booked_for_tomorrow()

    client.get(url_of(booking, booking.token))

    booking.refresh_from_db()
    assert booking.attendance_confirmed_at is None


def test_a_wrong_token_finds_nothing(client):
    booking = booked_for_tomorrow()

    assert client.post(url_of(booking, "wrong")).status_code == 404


def test_too_early_is_said_on_the_page(client):
    booking = booked_for_tomorrow()
    Booking.objects.update(date=booking.date + timedelta(days=3))

    client.post(url_of(booking, booking.token))

    booking.refresh_from_db()
    assert booking.attendance_confirmed_at is None
