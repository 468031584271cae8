"""Walking through the booking pages as a person does: by what is written on them."""

import re

from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Locator, Page, expect

from services.catalogue.models import Offering

THURSDAY = "2026-11-26"
NAME, PHONE = "李阿婆", "13900000009"


def spoken(page: Page) -> translation.override:
    """`with spoken(page):` texts come in the page's language."""
    language = page.locator("html").get_attribute("lang")
    return translation.override("en" if language == "en" else "zh-hans")


def said(page: Page, text: str, context: str = "") -> re.Pattern[str]:
    """How the page's language says `text`, at the beginning of a link's or button's words."""
    with spoken(page):
        words = pgettext(context, text) if context else gettext(text)
    return re.compile(r"^\s*" + re.escape(words))


def link(page: Page, text: str, context: str = "") -> Locator:
    """The link of the page itself that says `text`."""
    return page.locator("main, .bar").get_by_role("link", name=said(page, text, context)).first


def button(page: Page, text: str, context: str = "") -> Locator:
    """The button that says `text`."""
    return page.get_by_role("button", name=said(page, text, context)).first


def time_at(page: Page, clock: str) -> Locator:
    """The button of the grid for this time of the day."""
    return page.locator("#times-form button.slot", has_text=clock)


def day_of(page: Page, day: str = THURSDAY) -> Locator:
    """The day in the strip."""
    return page.locator(f"#day-{day}")


def choose_item(page: Page, offering: Offering) -> None:
    """From the home page to the first step with one service chosen."""
    page.goto("/")
    link(page, "Book a window").click()
    page.locator("#items summary").first.click()
    page.get_by_role("link", name=offering.item.name_en).or_(
        page.get_by_role("link", name=offering.item.name_zh)
    ).click()


def hold_evening(page: Page, offering: Offering, clock: str = "18:00") -> None:
    """From the home page to the third step, with Thursday evening kept."""
    choose_item(page, offering)
    link(page, "Choose a time").click()
    day_of(page).click()
    expect(day_of(page)).to_have_attribute("aria-current", "date")
    time_at(page, clock).click()
    expect(page.locator("form#details")).to_be_visible()


def say_who(page: Page, *, name: str = NAME, phone: str = PHONE) -> None:
    """Fill in the third step."""
    page.locator("#id_name").fill(name)
    page.locator("#id_phone").fill(phone)


def book_evening(page: Page, offering: Offering) -> None:
    """From the home page to the booking's own page."""
    hold_evening(page, offering)
    say_who(page)
    button(page, "Confirm").click()
    expect(page.locator(".reference")).to_be_visible()
