"""Waiting for a place and one's family, on a phone without JavaScript; axe looks at each page."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from lishui_center.common.clock import cell_at, moment, today
from services.household.actions import Relative, add_relative
from services.household.models import Relation
from services.standing.access import link_token
from services.standing.models import Suspension
from services.waitlist.messages import entry_path
from services.waitlist.offers import offer_everywhere
from tests.factories.accounts import UserFactory
from tests.factories.services import make_booking, open_day, open_offering
from tests.factories.waiting import free_a_place, waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def resident():
    user = UserFactory(phone="13900000009", phone_verified_at=timezone.now())
    add_relative(user=user, relative=Relative("李阿婆", Relation.PARENT, concession=True))
    return user


@pytest.fixture
def full():
    """The day after tomorrow, open for one quarter at 14:00, which is booked."""
    now = timezone.now()
    offering = open_offering(now, pool__lanes_online=1)
    start = moment(today(now) + timedelta(days=2), 56)
    open_day(offering.pool, today(start), first=56, end=57)
    make_booking(offering, start=start, now=now)
    return offering, start


@pytest.fixture
def open_as(browser, base_url):
    """Opens a browser on a phone for somebody signed in, or for a visitor."""
    contexts = []

    def open_page(user=None, *, language="en", javascript=False, width=360):
        context = browser.new_context(
            base_url=base_url,
            bypass_csp=True,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 740},
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if user:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": name, "value": value, "url": base_url} for name, value in cookies.items()]
        )
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def join_path(full):
    offering, start = full
    return (
        f"{reverse('waitlist:join')}?centre=town&item={offering.item.code}"
        f"&day={today(start)}&cell={cell_at(start)}"
    )


def suspension_of(booking):
    now = timezone.now()
    return Suspension.objects.create(
        phone_hash=booking.phone_hash,
        centre=booking.centre,
        cause=booking,
        starts_at=now,
        ends_at=now + timedelta(days=30),
        appeal_until=now + timedelta(days=7),
    )


def test_joins_and_takes_the_place_without_javascript(open_as, full):
    page = open_as()
    page.goto(join_path(full))
    page.get_by_label("Visitor's name").fill("李阿婆")
    page.get_by_label("Mobile number").fill("139 0000 0009")
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_role("heading", name="You are on the waiting list")).to_be_visible()

    free_a_place(full[0])
    offer_everywhere(now=timezone.now())
    page.reload()
    page.get_by_role("button", name="Take this place").click()

    expect(page.get_by_text("Booked.")).to_be_visible()


def test_enters_and_removes_a_relative_without_javascript(open_as, resident):
    page = open_as(resident)
    page.goto(reverse("household:list"))
    page.get_by_label("Name").fill("李子轩")
    page.get_by_label("Child").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="李子轩").click()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()

    expect(page.get_by_role("link", name="李子轩")).to_have_count(0)


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 360), ("en", 360), ("en", 1280)])
def test_axe_finds_nothing(open_as, full, resident, language, width):
    offering, start = full
    now = timezone.now()
    paused = suspension_of(offering.pool.bookings.get())
    entry = waiting(offering, now=now, first=start, phone="13900000009")
    second = waiting(offering, now=now, first=start, phone="13900000008")
    free_a_place(offering)
    offer_everywhere(now=now)
    relative = resident.family_members.get().pk
    page = open_as(resident, language=language, javascript=True, width=width)

    for path in (
        reverse("household:list"),
        reverse("household:change", args=[relative]),
        reverse("household:remove", args=[relative]),
        reverse("waitlist:mine"),
        reverse("standing:mine"),
        f"/standing/{link_token(paused)}/",
        entry_path(entry),
        entry_path(second),
        join_path(full),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        assert found == [], path
