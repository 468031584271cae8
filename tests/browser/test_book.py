"""Booking in a real browser, with and without JavaScript, and when luck is bad."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lishui_center.common.clock import moment
from services.bookings.models import Booking, Status
from services.hours.models import DayPlan
from services.slots.models import Claim
from services.waitlist.models import WaitlistEntry
from tests.browser.walk import (
    NAME,
    PHONE,
    THURSDAY,
    book_evening,
    button,
    choose_item,
    day_of,
    hold_evening,
    link,
    said,
    say_who,
    time_at,
)
from tests.factories.services import NOW, DocumentFactory, make_booking, open_offering
from tests.factories.waiting import full_offering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]

EVENING = moment((NOW + timedelta(days=1)).date(), 72)


@pytest.fixture
def offering():
    """One place at a time."""
    return open_offering(pool__lanes_online=1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
def test_books_moves_and_cancels(open_phone, offering, language, script):
    DocumentFactory(item=offering.item)
    page = open_phone(java_script_enabled=script)
    if language == "en":
        page.goto("/")
        page.get_by_role("button", name="English").click()

    book_evening(page, offering)
    booking = Booking.objects.get()
    assert (booking.name, booking.phone, booking.language) == (NAME, PHONE, language)
    assert booking.starts_at == EVENING
    expect(page.locator(".reference")).to_have_text(booking.reference)
    expect(page.locator(".facts")).to_contain_text("18:00")
    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.locator("main")).to_contain_text("ID card" if language == "en" else "身份证")

    link(page, "Move to another time").click()
    day_of(page, "2026-11-27").click()
    time_at(page, "19:30").click()
    expect(page.locator(".facts")).to_contain_text("19:30")
    booking.refresh_from_db()
    assert booking.starts_at == EVENING + timedelta(days=1, minutes=90)

    link(page, "Cancel the booking").click()
    button(page, "Cancel the booking").click()
    expect(link(page, "Book again")).to_be_visible()
    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED
    assert not Claim.objects.exists()


def test_another_day_comes_without_a_new_page(open_phone, offering):
    page = open_phone()
    choose_item(page, offering)
    link(page, "Choose a time").click()
    page.evaluate("window.isSamePage = true")

    day_of(page).click()

    expect(day_of(page)).to_have_attribute("aria-current", "date")
    assert page.url.endswith(f"day={THURSDAY}")
    assert page.evaluate("window.isSamePage")
    page.go_back()
    expect(day_of(page, "2026-11-25")).to_have_attribute("aria-current", "date")


def test_the_time_kept_counts_down(open_phone, offering):
    page = open_phone()

    hold_evening(page, offering)

    expect(page.locator("[data-countdown]")).to_have_text(re.compile("9:5"))


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
def test_a_double_click_books_once_and_back_is_safe(open_phone, offering, script):
    page = open_phone(java_script_enabled=script)
    hold_evening(page, offering)
    say_who(page)

    button(page, "Confirm").dblclick()
    expect(page.locator(".reference")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("alert")).to_be_visible()
    assert Booking.objects.count() == 1


def test_a_hold_lost_while_typing_keeps_what_was_typed(open_phone, offering):
    page = open_phone()
    hold_evening(page, offering)
    say_who(page)
    Claim.objects.update(expires_at=NOW - timedelta(seconds=1))
    make_booking(offering, start=EVENING)

    button(page, "Confirm").click()
    expect(page.locator("main [role=alert]")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value(NAME)
    page.locator("main [role=alert] .slot", has_text="18:15").click()
    expect(page.locator("#id_phone")).to_have_value(PHONE)
    button(page, "Confirm").click()

    expect(page.locator(".facts")).to_contain_text("18:15")
    assert Booking.objects.get(starts_at=EVENING + timedelta(minutes=15)).name == NAME


def test_a_centre_that_closes_meanwhile_says_so_and_offers_other_days(open_phone, offering):
    page = open_phone()
    hold_evening(page, offering)
    say_who(page)
    DayPlan.objects.filter(date=THURSDAY).update(spans=[], closed_reason_zh="台风预警")

    button(page, "Confirm").click()

    alert = page.locator("main [role=alert]")
    refusal = "The centre is closed at this time. Please choose another one."
    expect(alert).to_contain_text(said(page, refusal))
    expect(alert.locator(".slot")).to_have_count(3)
    expect(page.locator("#id_name")).to_have_value(NAME)
    assert not Booking.objects.exists()


def test_a_full_day_leads_to_the_waiting_list(open_phone):
    offering = full_offering()
    page = open_phone(java_script_enabled=False)
    choose_item(page, offering)
    link(page, "Choose a time").click()
    day_of(page).click()

    page.locator(".band-full summary").click()
    page.locator("a.slot", has_text="10:00").click()
    say_who(page)
    button(page, "Join the waiting list").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        said(page, "You are on the waiting list")
    )
    assert WaitlistEntry.objects.get().name == NAME


def test_a_lost_network_is_said_and_loses_nothing(open_phone, offering):
    page = open_phone()
    choose_item(page, offering)
    link(page, "Choose a time").click()
    page.context.set_offline(True)

    day_of(page).click()
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    day_of(page).click()

    expect(day_of(page)).to_have_attribute("aria-current", "date")
    expect(page.locator("#offline")).to_be_hidden()
