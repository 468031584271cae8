"""The desk: a day's bookings, one booking, booking and moving on the phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.audit.models import Event
from lishui_center.common.clock import moment, today
from services.bookings.models import Booking, CancelledBy, Channel, Status
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.opening import booking_at, weekly_offering
from tests.factories.services import CommunityFactory, OfferingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return weekly_offering(now=timezone.now())


@pytest.fixture
def clerk(client, offering):
    user = staff_at(offering.centre_id)
    sign_in_staff(client, user)
    return user


def booked(offering, hour=14, **fields):
    return booking_at(offering, hour, now=timezone.now(), **fields)


def arriving_now(offering, **fields):
    """A booking whose visit began half an hour ago, today by the clock of the test."""
    now = timezone.now()
    booking = booked(offering, **fields)
    Booking.objects.filter(pk=booking.pk).update(
        date=today(now), starts_at=now - timedelta(minutes=30)
    )
    return booking


def listed(client, **query):
    return client.get(reverse("staff:bookings"), query).content.decode()


def tomorrow():
    return (today(timezone.now()) + timedelta(days=1)).isoformat()


def test_lists_the_day_masked(client, clerk, offering):
    booking = booked(offering)

    page = listed(client, day=tomorrow())

    assert booking.reference in page
    assert "陈*怡" in page
    assert "陈小怡" not in page
    assert "139****0001" in page
    assert "13900000001" not in page


@pytest.mark.parametrize("text", ["reference", "13900000001", "+86 139 0000 0001"])
def test_finds_a_person_on_any_day(client, clerk, offering, text):
    booking = booked(offering)

    found = listed(client, q=booking.reference.lower() if text == "reference" else text)

    assert reverse("staff:booking", args=[booking.reference]) in found


def test_finds_a_name_on_the_day(client, clerk, offering):
    booking = booked(offering)

    assert booking.reference in listed(client, q="小怡", day=tomorrow())
    assert booking.reference not in listed(client, q="大明", day=tomorrow())


@pytest.mark.parametrize(("band", "is_listed"), [("afternoon", True), ("evening", False)])
def test_narrows_by_band(client, clerk, offering, band, is_listed):
    booking = booked(offering, 14)

    assert (booking.reference in listed(client, day=tomorrow(), band=band)) is is_listed


def test_lists_nothing_of_another_centre(client, clerk, offering):
    other = weekly_offering(centre=CommunityFactory(parent=offering.centre), now=timezone.now())
    booking = booked(other)

    link = reverse("staff:booking", args=[booking.reference])
    assert link not in listed(client, day=tomorrow())
    assert link not in listed(client, q=booking.reference)


def test_shows_the_person_for_a_reason_and_records_it(client, clerk, offering):
    booking = booked(offering)
    url = reverse("staff:show-person", args=[booking.reference])

    assert "13900000001" not in client.post(url, {"reason": ""}).content.decode()
    page = client.post(url, {"reason": "calls back"}).content.decode()

    assert "13900000001" in page
    assert "陈小怡" in page
    event = Event.objects.get(action="personal.unmasked")
    assert (event.actor, event.reason) == (clerk, "calls back")


def attend(client, booking, act, **headers):
    url = reverse("staff:attendance", args=[booking.reference, act])
    return client.post(url, headers=headers)


def test_notes_an_arrival_and_takes_it_back(client, clerk, offering):
    booking = arriving_now(offering)

    attend(client, booking, "arrived")
    booking.refresh_from_db()
    assert booking.status == Status.CHECKED_IN

    attend(client, booking, "undo")
    booking.refresh_from_db()
    assert booking.status == Status.BOOKED


def test_answers_htmx_with_the_row(client, clerk, offering):
    booking = arriving_now(offering)

    answer = attend(client, booking, "missed", **{"HX-Request": "true"})

    assert answer.content.decode().count("<tr") == 1
    booking.refresh_from_db()
    assert booking.status == Status.NO_SHOW


def test_says_in_the_row_why_not(client, clerk, offering):
    booking = booked(offering)

    answer = attend(client, booking, "arrived", **{"HX-Request": "true"})

    booking.refresh_from_db()
    assert booking.status == Status.BOOKED
    assert answer.status_code == 200


def test_cancels_for_the_centre_with_a_reason(client, clerk, offering):
    booking = booked(offering)
    url = reverse("staff:cancel", args=[booking.reference])

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "asked by phone"})

    booking.refresh_from_db()
    assert booking.cancelled_by == CancelledBy.CENTRE
    assert Event.objects.get(action="booking.cancelled").reason == "asked by phone"


def test_moves_with_one_click(client, clerk, offering):
    booking = booked(offering, 14)
    url = reverse("staff:move", args=[booking.reference])
    start = moment(booking.date, 60)

    client.get(url)
    client.post(url, {"start": start.isoformat(), "version": booking.version})

    booking.refresh_from_db()
    assert booking.starts_at == start


def test_does_not_move_what_changed_meanwhile(client, clerk, offering):
    booking = booked(offering, 14)
    start = moment(booking.date, 60).isoformat()
    url = reverse("staff:move", args=[booking.reference])

    assert client.post(url, {"start": start, "version": booking.version + 1}).status_code == 409


@pytest.mark.parametrize(
    "sent", [{"start": "2026-13-45T99:99"}, {"start": "2026-11-26T15:00", "version": "x"}]
)
def test_shows_the_times_again_when_the_form_was_damaged(client, clerk, offering, sent):
    url = reverse("staff:move", args=[booked(offering, 14).reference])

    assert client.post(url, {"version": "1", **sent}).status_code == 200


@pytest.mark.parametrize("act", ["move", "cancel", "arrived"])
def test_nobody_handles_an_own_booking(client, offering, act):
    clerk = staff_at(offering.centre_id, phone="13900000001")
    sign_in_staff(client, clerk)
    booking = arriving_now(offering) if act == "arrived" else booked(offering)
    fields = {
        "reason": "mine",
        "start": moment(booking.date, 60).isoformat(),
        "version": booking.version,
    }
    name = "staff:attendance" if act == "arrived" else f"staff:{act}"
    arguments = [booking.reference, act] if act == "arrived" else [booking.reference]

    client.post(reverse(name, args=arguments), fields)

    after = Booking.objects.get()
    assert (after.status, after.version) == (Status.BOOKED, booking.version)


def book_url(offering, **more):
    query = {"centre": offering.centre.code, "item": offering.item.code, **more}
    return reverse("staff:book", query=query)


CALLER = {"name": "李大妈", "phone": "13700000001", "language": "zh-hans", "concession": "on"}


def test_books_on_the_phone(client, clerk, offering):
    start = moment(today(timezone.now()) + timedelta(days=1), 56).isoformat()

    assert "14:00" in client.get(book_url(offering, day=tomorrow())).content.decode()
    answer = client.post(book_url(offering, start=start), CALLER | {"start": start})

    booking = Booking.objects.get()
    assert answer.url == reverse("staff:booking", args=[booking.reference])
    assert (booking.channel, booking.booked_by) == (Channel.STAFF, clerk)
    assert booking.concession


def test_books_two_services_in_one_visit(client, clerk, offering):
    second = OfferingFactory(pool=offering.pool)
    start = moment(today(timezone.now()) + timedelta(days=1), 56).isoformat()

    client.post(book_url(offering, also=second.item.code, start=start), CALLER | {"start": start})

    assert Booking.objects.get().cells == 2


def test_says_why_a_booking_on_the_phone_is_refused(client, clerk, offering):
    start = moment(today(timezone.now()) + timedelta(days=1), 8).isoformat()

    answer = client.post(book_url(offering, start=start), CALLER | {"start": start})

    assert answer.status_code == 422
    assert "李大妈" in answer.content.decode()
    assert not Booking.objects.exists()


def test_nobody_books_for_an_own_phone(client, offering):
    """As residents they keep the residents' rules: a pause of booking, the notice it takes."""
    sign_in_staff(client, staff_at(offering.centre_id, phone="13900000001"))
    start = moment(today(timezone.now()) + timedelta(days=1), 56).isoformat()
    typed = CALLER | {"start": start, "phone": "+86 139 0000 0001"}

    answer = client.post(book_url(offering, start=start), typed)

    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_asks_for_a_service_first(client, clerk, offering):
    assert client.get(reverse("staff:book", query={"item": "nothing"})).status_code == 422


def test_a_resident_finds_no_desk(client, offering):
    client.force_login(UserFactory())

    assert client.get(reverse("staff:bookings")).status_code == 404
