"""A volunteer's phone with its outbox: opening it, entering service, signing in."""

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from lishui_center.accounts.models import User

TIMES = [("08:00", "09:00"), ("09:00", "10:00"), ("19:00", "20:30")]
SEND = "**/volunteer/hours/"
# A network that comes back is used after a random while.
SCATTERED_MS = 20_000


def open_hours(page: Page, user: User, base_url: str) -> Page:
    """The volunteer's phone, after one visit with a network."""
    sign_in(page, user, base_url)
    page.goto("/volunteer/")
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def sign_in(page: Page, user: User, base_url: str) -> None:
    """Another session from now on."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": base_url}])


def ready(page: Page) -> None:
    """Wait for the script."""
    expect(page.locator("form[data-outbox]")).to_have_attribute("data-ready", "yes")


def enter(page: Page, start: str, end: str, *, day: str = "2026-11-24") -> None:
    """Fill the form and press its button."""
    form = page.locator("form[data-outbox]")
    form.locator("[name=day]").fill(day)
    form.locator("[name=start]").fill(start)
    form.locator("[name=end]").fill(end)
    form.locator(".buttons .btn-primary").click()


def waiting(page: Page) -> Locator:
    """What is kept on the phone."""
    return page.locator("[data-waiting-here] li")
