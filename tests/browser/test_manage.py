"""A booking's own page in the browser: two tabs, a phone that forgot it, paper."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from services.bookings.messages import manage_path
from services.bookings.models import Status
from tests.browser.walk import button, day_of, link, said, time_at
from tests.factories.accounts import UserFactory
from tests.factories.pages import link_to
from tests.factories.services import NOW, make_booking, open_offering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.fixture
def booking():
    """Tomorrow at ten."""
    return make_booking(open_offering())


def test_the_second_of_two_tabs_is_told_what_the_first_one_did(open_phone, booking):
    first = open_phone()
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(link_to(booking, "changes:move"))

    time_at(first, "11:00").click()
    expect(first.locator(".facts")).to_contain_text("11:00")
    time_at(second, "15:00").click()

    expect(second.locator("main")).to_contain_text(
        said(second, "This booking was changed in the meantime. Please look at it again.")
    )
    expect(second.locator(".facts")).to_contain_text("11:00")
    booking.refresh_from_db()
    assert booking.starts_at == NOW + timedelta(days=1, hours=1)


def test_a_day_to_move_to_comes_without_a_new_page(open_phone, booking):
    page = open_phone()
    page.goto(link_to(booking, "changes:move"))
    page.evaluate("window.isSamePage = true")

    day_of(page, "2026-11-28").click()

    expect(day_of(page, "2026-11-28")).to_have_attribute("aria-current", "date")
    assert page.evaluate("window.isSamePage")


def test_keeps_a_booking_that_is_not_cancelled_after_all(open_phone, booking):
    page = open_phone(language="en")
    page.goto(manage_path(booking))

    link(page, "Cancel the booking").click()
    link(page, "Keep the booking").click()

    expect(page.locator(".reference")).to_be_visible()
    booking.refresh_from_db()
    assert booking.status == Status.BOOKED


def test_leads_from_my_bookings_to_the_booking(open_phone, booking, client):
    client.force_login(UserFactory(phone=booking.phone, phone_verified_at=NOW))
    page = open_phone()
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto("/")

    link(page, "My bookings").click()
    page.get_by_role("link").filter(has_text=booking.reference).click()

    expect(page.locator(".reference")).to_have_text(booking.reference)


def test_prints_the_booking_and_nothing_around_it(open_phone, booking):
    page = open_phone()
    page.goto(manage_path(booking))

    page.emulate_media(media="print")

    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.locator(".utility")).to_be_hidden()
    expect(button(page, "Print")).to_be_hidden()
