"""An evening in the hall: kiosk, two consoles, board, front desk and a phone, each by itself."""

from functools import partial

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from lishui_center.common.clock import moment, today
from services.catalogue.models import Offering
from services.halls.access import kiosk_token
from services.tickets.models import Ticket, TicketState
from tests.browser.walk import said
from tests.factories.accounts import staff_at
from tests.factories.hall import at_eight, clerk_at, make_hall
from tests.factories.services import NOW, make_booking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def offering():
    return make_hall()


@pytest.fixture
def open_desk(open_as):
    """`open_desk(user)`: the person's screen, signed in with both factors."""
    return partial(open_as, viewport=WIDE)


def take(kiosk: Page, centre, *, priority: bool = False) -> str:
    """Two taps; the number on the slip."""
    kiosk.goto(reverse("kiosk:kiosk", args=[kiosk_token(centre)]))
    kiosk.locator(".kiosk-choices a").first.click()
    kiosk.locator(".kiosk-choices button").nth(1 if priority else 0).click()
    return kiosk.locator(".kiosk-slip h1").inner_text()


def arrive(kiosk: Page, offering: Offering) -> str:
    """Somebody with a booking for eleven types its code; the number on the slip."""
    booking = make_booking(offering, start=moment(today(NOW), 44), now=at_eight(NOW))
    kiosk.goto(reverse("kiosk:kiosk", args=[kiosk_token(offering.centre)]))
    kiosk.locator("#id_q").fill(booking.reference)
    kiosk.get_by_role("button", name=said(kiosk, "I am here")).click()
    return kiosk.locator(".kiosk-slip h1").inner_text()


def press(console: Page, key: str, shows: str, *, at_window: bool = True) -> None:
    """Press a key of the console and wait for whom it leads to: at the window, or next in line."""
    console.keyboard.press(key)
    place = "#console:has(#visit)" if at_window else "#console-next"
    expect(console.locator(f"{place} .ticket-number")).to_have_text(shows)


def lose_the_reply(route: Route) -> None:
    """The server has done what was asked, and the browser never hears of it."""
    try:
        route.fetch()
    finally:
        route.abort()


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
def test_a_number_is_taken_called_and_served(open_phone, open_desk, offering, script):
    kiosk = open_phone(java_script_enabled=script)
    number = take(kiosk, offering.centre)
    clerk = open_desk(clerk_at(offering.pool))
    clerk.goto(reverse("staff:console"))

    clerk.get_by_role("button", name=said(clerk, "Call next")).click()
    expect(clerk.locator("#console:has(#visit) .ticket-number")).to_have_text(number)
    clerk.get_by_role("button", name=said(clerk, "The visitor is here")).click()
    expect(clerk.locator("#visit .big")).to_be_visible()
    clerk.get_by_role("button", name=said(clerk, "Finish")).last.click()

    expect(clerk.locator("#console-next")).to_be_visible()
    assert Ticket.objects.get().state == TicketState.DONE


def test_the_whole_evening(open_phone, open_desk, offering):
    pool, centre = offering.pool, offering.centre
    kiosk, board = open_phone(), open_phone(viewport={"width": 1920, "height": 1080})
    first, second, third = (take(kiosk, centre) for _ in range(3))
    hurried = take(kiosk, centre, priority=True)
    booked = arrive(kiosk, offering)
    assert (first, second, third, hurried, booked) == ("A001", "A002", "A003", "PA001", "RA001")

    board.goto(reverse("boards:board", args=[centre.code]))
    phone = open_phone()
    phone.goto(reverse("tickets:place", args=[Ticket.objects.get(number=3).secret]))
    expect(phone.locator(".facts dd").first).to_have_text("3")
    one, two = open_desk(clerk_at(pool)), open_desk(clerk_at(pool))
    one.goto(reverse("staff:console"))
    two.goto(reverse("staff:console"))

    press(one, " ", hurried)
    press(two, " ", first)
    expect(board.locator(".calls")).to_contain_text(hurried)
    expect(board.locator(".calls")).to_contain_text(first)
    expect(phone.locator(".facts dd").first).to_have_text("1", timeout=20_000)

    one.keyboard.press(" ")  # is here
    expect(one.locator("#visit .big")).to_be_visible()
    press(one, " ", second)  # done, and the next
    press(two, "n", third, at_window=False)  # did not come: the next one stands in line
    press(two, " ", third)
    press(two, "u", third, at_window=False)  # pressed too early: taken back
    press(two, " ", third)
    expect(phone.locator(".place-call")).to_be_visible(timeout=20_000)
    expect(board.locator(".newest .number")).to_have_text(third)

    desk = open_desk(staff_at(centre.pk))
    desk.goto(reverse("staff:hall"))
    desk.get_by_role("button", name=said(desk, "Bring back")).click()
    expect(desk.locator(".queue").first).to_contain_text(first)
    states = dict(Ticket.objects.values_list("prefix", "state").filter(number=1))
    assert states == {"A": "waiting", "PA": "done", "RA": "waiting"}


def test_a_lost_network_mends_itself(open_phone, open_desk, offering):
    board = open_phone(viewport={"width": 1920, "height": 1080})
    board.goto(reverse("boards:board", args=[offering.centre.code]))
    number = take(open_phone(), offering.centre)
    board.context.set_offline(True)
    clerk = open_desk(clerk_at(offering.pool))
    clerk.goto(reverse("staff:console"))
    press(clerk, " ", number)
    board.wait_for_timeout(6_000)  # at least one look fails
    expect(board.locator(".number")).to_have_count(0)
    expect(board.locator("#lost")).to_be_visible()

    board.context.set_offline(False)

    expect(board.locator(".number")).to_have_text(number, timeout=20_000)
    expect(board.locator("#lost")).to_be_hidden()


def test_a_page_of_yesterday_does_nothing(open_desk, open_phone, offering):
    take(open_phone(), offering.centre)
    take(open_phone(), offering.centre)
    clerk = clerk_at(offering.pool)
    fresh, stale = open_desk(clerk), open_desk(clerk)
    fresh.goto(reverse("staff:console"))
    press(fresh, " ", "A001")
    stale.goto(reverse("staff:console"))
    expect(stale.locator("#visit")).to_be_visible()
    fresh.keyboard.press(" ")
    expect(fresh.locator("#visit .big")).to_be_visible()

    stale.keyboard.press("n")

    expect(stale.locator(".refusal")).to_be_visible()
    assert Ticket.objects.get(number=1).state == TicketState.SERVING


def test_a_browser_that_dies_while_calling_leaves_the_person_at_the_window(
    open_phone, open_desk, offering
):
    kiosk = open_phone()
    first, second = take(kiosk, offering.centre), take(kiosk, offering.centre)
    user = clerk_at(offering.pool)
    dying = open_desk(user)
    dying.goto(reverse("staff:console"))
    dying.route("**/console/call/", lose_the_reply)
    with dying.expect_event("requestfailed"):
        dying.get_by_role("button", name=said(dying, "Call next")).click()
    dying.close()

    clerk = open_desk(user)
    clerk.goto(reverse("staff:console"))

    expect(clerk.locator(".ticket-number")).to_have_text(first)
    press(clerk, " ", first)
    expect(clerk.locator("#visit .btn-primary")).to_be_visible()
    press(clerk, " ", second)
    assert list(Ticket.objects.order_by("number").values_list("state", flat=True)) == [
        TicketState.DONE,
        TicketState.CALLED,
    ]
