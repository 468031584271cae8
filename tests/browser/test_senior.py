"""Booking in senior mode: the switch is at the very top, and one thing stands below the other."""

import pytest
from playwright.sync_api import Page, expect

from services.bookings.models import Booking
from tests.browser.walk import NAME, button, hold_evening, link, say_who
from tests.factories.services import open_offering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]

NEIGHBOURS = """(selector) => {
    const boxes = [...document.querySelectorAll(selector)]
        .map((element) => element.getBoundingClientRect()).filter((box) => box.height);
    return boxes.slice(1).filter((box, n) => box.top < boxes[n].bottom - 1).length;
}"""


def assert_one_column(page: Page) -> None:
    """No two choices stand side by side."""
    for choices in (".entries > li", ".days > li", ".slots > li", ".buttons > *"):
        assert page.evaluate(NEIGHBOURS, choices) == 0, choices


def test_books_in_senior_mode(open_phone):
    offering = open_offering()
    page = open_phone()
    page.goto("/")
    button(page, "Senior mode").click()
    expect(page.locator("html.senior")).to_be_visible()
    assert_one_column(page)

    hold_evening(page, offering)
    assert_one_column(page)
    page.go_back()
    assert_one_column(page)
    page.go_forward()
    say_who(page)
    button(page, "Confirm").click()

    expect(page.locator(".reference")).to_be_visible()
    assert Booking.objects.get().name == NAME
    assert_one_column(page)
    link(page, "Move to another time").click()
    expect(page.locator("html.senior #times-form")).to_be_visible()
    assert_one_column(page)
