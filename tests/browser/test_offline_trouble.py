"""A full phone, a session that ends, signing out: what waits to be sent is not lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.outbox import (
    SCATTERED_MS,
    SEND,
    TIMES,
    enter,
    open_hours,
    ready,
    sign_in,
    waiting,
)
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.hours.models import HourEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.fixture
def volunteer():
    return member_of(TeamFactory())


@pytest.fixture
def page(open_phone, base_url, volunteer):
    return open_hours(open_phone(), volunteer, base_url)


FULL = """() => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""


def test_a_phone_without_room_sends_at_once(page):
    page.evaluate(FULL)

    enter(page, *TIMES[0])

    expect(page.locator("#ledger li")).to_have_count(1)
    assert HourEntry.objects.count() == 1


def test_without_room_or_network_the_record_stays_in_the_form(page):
    page.context.set_offline(True)
    page.evaluate(FULL)

    enter(page, *TIMES[0])

    expect(page.locator("[data-full]")).to_be_visible()
    expect(page.locator("form[data-outbox] [name=start]")).to_have_value(TIMES[0][0])
    page.context.set_offline(False)
    page.locator("form[data-outbox] .buttons .btn-primary").click()
    expect(page.locator("#ledger li")).to_have_count(1)
    assert HourEntry.objects.count() == 1


def test_without_room_a_signed_out_person_loses_nothing(page):
    page.evaluate(FULL)
    page.context.clear_cookies(name="sessionid")

    enter(page, *TIMES[0])

    expect(page.locator("[data-full]")).to_be_visible()
    expect(page.locator("form[data-outbox] [name=end]")).to_have_value(TIMES[0][1])


def test_a_phone_that_is_full_by_now_still_sends_what_waits(page):
    page.context.set_offline(True)
    enter(page, *TIMES[0])
    expect(waiting(page)).to_have_count(1)
    page.context.add_init_script(f"({FULL})()")
    page.context.set_offline(False)

    page.goto("/volunteer/")

    expect(page.locator("#ledger li")).to_have_count(1)
    expect(waiting(page)).to_have_count(0)


def test_a_session_that_ends_while_offline_keeps_the_records(page, base_url, volunteer):
    page.context.set_offline(True)
    page.goto("/volunteer/")
    ready(page)
    enter(page, *TIMES[0])
    expect(page.locator("[data-say=offline]")).to_be_visible()
    page.context.clear_cookies(name="sessionid")

    page.context.set_offline(False)
    expect(page.locator("[data-say=signin] a")).to_be_visible(timeout=SCATTERED_MS)
    expect(waiting(page)).to_have_count(1)
    sign_in(page, volunteer, base_url)
    page.locator("[data-send]").click()

    expect(waiting(page)).to_have_count(0)
    assert HourEntry.objects.count() == 1


def test_a_session_that_ends_between_two_records_asks_to_sign_in(page):
    page.route(SEND, lambda route: route.fulfill(status=401, body="{}"))

    enter(page, *TIMES[0])

    expect(page.locator("[data-say=signin]")).to_be_visible()
    expect(waiting(page)).to_have_count(1)


def test_a_server_in_trouble_is_not_taken_for_signing_out(page):
    page.route("**/volunteer/session/", lambda route: route.fulfill(status=502, body=""))

    enter(page, *TIMES[0])

    expect(page.locator("[data-say=later]")).to_be_visible()
    expect(page.locator("[data-say=signin]")).to_be_hidden()


def sign_out(page):
    page.locator(".utility [data-sign-out] button").click()


def test_signing_out_with_a_full_outbox_asks_first_and_keeps_it(page, base_url, volunteer):
    page.route(SEND, lambda route: route.abort())
    enter(page, *TIMES[0])
    expect(page.locator("[data-say=offline]")).to_be_visible()
    page.goto("/volunteer/teams/")

    sign_out(page)
    expect(page.locator("[data-leaving]")).to_be_visible()
    assert page.url.endswith("/volunteer/")
    sign_out(page)
    expect(page.locator("[data-sign-out]")).to_have_count(0)
    page.unroute(SEND)
    sign_in(page, volunteer, base_url)
    page.goto("/volunteer/")

    expect(page.locator("#ledger li")).to_have_count(1)
    assert HourEntry.objects.count() == 1


def test_signing_out_sends_what_waits_and_then_goes(page):
    page.context.set_offline(True)
    enter(page, *TIMES[0])
    expect(waiting(page)).to_have_count(1)
    page.route("**/volunteer/session/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/volunteer/teams/")
    page.unroute("**/volunteer/session/")

    sign_out(page)

    expect(page.locator("[data-sign-out]")).to_have_count(0)
    assert HourEntry.objects.count() == 1
