"""A whole booking without a mouse: Tab, Enter, Space and letters, the focus always to be seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from services.bookings.models import Booking
from tests.browser.walk import NAME, PHONE, button, day_of, link, time_at
from tests.factories.services import open_offering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]

MOST_TABS = 80
IS_MARKED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""
IS_COVERED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector('.bar');
    return Boolean(bar) && !bar.contains(document.activeElement)
        && box.bottom > bar.getBoundingClientRect().top + 1 && box.top < innerHeight;
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; each stop on the way must be seen."""
    expect(target).to_be_visible()
    page.wait_for_load_state()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_MARKED), page.evaluate("document.activeElement.outerHTML")
        assert not page.evaluate(IS_COVERED), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} cannot be reached")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Tab to the target and press a key there."""
    tab_to(page, target)
    page.keyboard.press(key)


def test_books_by_keyboard(open_phone):
    open_offering()
    page = open_phone()
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    press(page, link(page, "Book a window"))
    press(page, page.locator("#items summary").first, "Space")
    press(page, page.locator("#items a").first)
    press(page, link(page, "Choose a time"))
    press(page, day_of(page))
    expect(day_of(page)).to_have_attribute("aria-current", "date")
    press(page, time_at(page, "18:00"), "Space")
    tab_to(page, page.locator("#id_name"))
    page.keyboard.insert_text(NAME)
    tab_to(page, page.locator("#id_phone"))
    page.keyboard.type(PHONE)
    press(page, button(page, "Confirm"))

    expect(page.locator(".reference")).to_be_visible()
    assert Booking.objects.get().name == NAME


def test_the_focus_stays_on_the_day_that_htmx_brought(open_phone):
    open_offering()
    page = open_phone()
    page.goto("/book/")
    press(page, page.locator("#items summary").first)
    press(page, page.locator("#items a").first)
    press(page, link(page, "Choose a time"))

    press(page, day_of(page))
    expect(day_of(page)).to_have_attribute("aria-current", "date")

    expect(day_of(page)).to_be_focused()
