"""The staff's pages in a real browser: a typhoon in three clicks, arrivals without a reload."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.bookings.models import Booking
from tests.factories.accounts import sign_in_staff, town_wide
from tests.factories.opening import booking_at, weekly_offering

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def booking():
    now = timezone.now()
    return booking_at(weekly_offering(now=now), 14, now=now)


@pytest.fixture
def open_as_admin(browser, base_url):
    """Opens a page as the town's administrator."""
    client = Client()
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    # Axe is put into the page as a script, which our own policy rightly forbids.
    context = browser.new_context(base_url=base_url, bypass_csp=True, locale="en-GB")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": base_url},
        ]
    )
    page = context.new_page()

    def open_page(name, *arguments, width=1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(reverse(name, args=arguments))
        return page

    yield open_page
    context.close()


def test_a_typhoon_takes_three_clicks(open_as_admin, booking):
    page = open_as_admin("dashboards:staff")

    page.get_by_role("link", name="Close centres at short notice").click()
    page.get_by_label("Tomorrow", exact=True).check()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("1 booking is left without a window")).to_be_visible()
    page.get_by_role("button", name="Apply this").click()

    expect(page.get_by_text("All decided on; everyone has been told")).to_be_visible()
    assert Booking.objects.get().kept_free


def test_notes_an_arrival_in_place_by_keyboard(open_as_admin, booking):
    now = timezone.now()
    Booking.objects.update(date=today(now), starts_at=now - timedelta(minutes=30))
    page = open_as_admin("staff:bookings")

    page.get_by_role("button", name=f"{booking.reference} is here").press("Enter")
    expect(page.locator(f"#b-{booking.reference} .pill")).to_have_text("Checked in")
    expect(page.get_by_role("button", name=f"Take back for {booking.reference}")).to_be_focused()
    expect(page.locator(".htmx-added")).to_have_count(0)  # Before that, Enter sends a plain form.
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=f"{booking.reference} is here")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_as_admin, booking, width):
    code = booking.centre.code
    places = [
        ("dashboards:staff",),
        ("staff:bookings",),
        ("staff:booking", booking.reference),
        ("staff:move", booking.reference),
        ("staff:cancel", booking.reference),
        ("staff:book",),
        ("staff:orphans",),
        ("staff:suspensions",),
        ("staff:centres",),
        ("staff:centre", code),
        ("staff:row-add", code, "hours"),
        ("staff:row-add", code, "dates"),
        ("staff:row-add", code, "pools"),
        ("staff:policy", code),
        ("staff:offerings", code),
        ("staff:items",),
        ("staff:item-add",),
        ("staff:calendar",),
        ("staff:close",),
    ]
    for place in places:
        page = open_as_admin(*place, width=width)

        assert Axe().run(page).response["violations"] == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
