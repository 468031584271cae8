"""A clerk's day at the desk: today's list, somebody arrives, somebody phones."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from services.bookings.models import Booking, Channel, Status
from tests.browser.walk import NAME, PHONE, button
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.opening import booking_at, weekly_offering
from tests.factories.services import NOW, CommunityFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.fixture
def offering():
    return weekly_offering()


@pytest.fixture
def desk(open_phone, offering):
    """The clerk of the centre, at a screen."""
    client = Client()
    sign_in_staff(client, staff_at(offering.centre_id))
    page = open_phone(language="en", viewport={"width": 1280, "height": 800})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    page.context.add_cookies([cookie | {"domain": "localhost", "path": "/"}])
    return page


@pytest.fixture
def due(offering):
    """Somebody who is expected in a quarter of an hour."""
    booking = booking_at(offering, 14)
    Booking.objects.update(date=NOW.date(), starts_at=NOW + timedelta(minutes=15))
    return booking


def test_from_the_day_at_a_glance_to_a_visitor_who_is_here(desk, due):
    desk.goto(reverse("dashboards:staff"))
    desk.locator("main").get_by_role("link", name="Bookings").first.click()
    expect(desk.get_by_text(due.reference)).to_be_visible()

    desk.get_by_role("button", name=f"{due.reference} is here").click()
    expect(desk.locator(f"#b-{due.reference} .pill")).to_have_text("Checked in")
    assert Booking.objects.get().status == Status.CHECKED_IN
    desk.get_by_role("button", name=f"Take back for {due.reference}").click()

    expect(desk.get_by_role("button", name=f"{due.reference} is here")).to_be_visible()
    assert Booking.objects.get().status == Status.BOOKED


def test_books_for_somebody_on_the_phone(desk, offering):
    desk.goto(reverse("staff:book"))

    desk.get_by_label("Service", exact=True).select_option(offering.item.code)
    button(desk, "Show times").click()
    desk.get_by_role("button", name="18:00").click()
    desk.get_by_label("Visitor's name").fill(NAME)
    desk.get_by_label("Mobile number").fill(PHONE)
    button(desk, "Book this time").click()

    expect(desk.locator("main")).to_contain_text("Booked.")
    booking = Booking.objects.get()
    assert (booking.name, booking.channel) == (NAME, Channel.STAFF)
    expect(desk.locator("main")).to_contain_text(booking.reference)


def test_knows_nothing_of_another_centre(desk):
    elsewhere = weekly_offering(centre=CommunityFactory())
    booking = booking_at(elsewhere, 14)

    answer = desk.goto(reverse("staff:booking", args=[booking.reference]))

    assert answer.status == 404
