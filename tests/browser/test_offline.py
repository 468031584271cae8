"""Hours entered without a network: nothing lost, nothing twice."""

from datetime import timedelta

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
from tests.factories.photos import picture
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.hours.models import Evidence, HourEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.fixture
def volunteer():
    return member_of(TeamFactory())


@pytest.fixture
def page(open_phone, base_url, volunteer):
    return open_hours(open_phone(), volunteer, base_url)


def test_records_entered_offline_in_two_openings_arrive_once(page):
    page.context.set_offline(True)
    page.goto("/volunteer/")
    ready(page)
    for number, (start, end) in enumerate(TIMES, start=1):
        enter(page, start, end)
        expect(waiting(page)).to_have_count(number)
    page.goto("/volunteer/")
    ready(page)
    enter(page, "21:00", "21:30")
    expect(waiting(page)).to_have_count(4)
    again = page.context.new_page()
    page.close()
    assert not HourEntry.objects.exists()

    again.context.set_offline(False)
    again.goto("/volunteer/")
    ready(again)

    expect(waiting(again)).to_have_count(0)
    expect(again.locator("#ledger li")).to_have_count(4)
    assert [entry.minutes for entry in HourEntry.objects.order_by("starts_at")] == [60, 60, 90, 30]


def test_a_reply_that_is_lost_after_the_commit_leaves_one_record(page):
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.post_data)
        route.abort("connectionreset")

    page.route(SEND, lose)
    enter(page, *TIMES[0])
    expect(page.locator("[data-say=offline]")).to_be_visible()
    assert (len(lost), HourEntry.objects.count()) == (1, 1)
    page.unroute(SEND)

    page.locator("[data-send]").click()

    expect(waiting(page)).to_have_count(0)
    expect(page.locator("#ledger li")).to_have_count(1)
    assert HourEntry.objects.count() == 1


def test_what_is_refused_says_why_and_can_be_corrected(page):
    enter(page, *TIMES[0])
    expect(page.locator("#ledger li")).to_have_count(1)

    enter(page, "08:30", "09:30")
    expect(waiting(page).locator("[data-refusal]")).to_contain_text("08:00")
    waiting(page).locator("[data-change]").click()
    expect(waiting(page)).to_have_count(0)
    enter(page, "09:00", "09:30")

    expect(page.locator("#ledger li")).to_have_count(2)
    assert HourEntry.objects.count() == 2


def test_records_wait_for_the_account_that_wrote_them(page, base_url, volunteer):
    page.route(SEND, lambda route: route.abort())
    enter(page, *TIMES[0])
    expect(page.locator("[data-say=offline]")).to_be_visible()
    page.unroute(SEND)
    sign_in(page, member_of(volunteer.memberships.get().team), base_url)

    page.locator("[data-send]").click()
    expect(page.locator("[data-say=other]")).to_be_visible()
    page.goto("/volunteer/")
    ready(page)
    expect(waiting(page)).to_have_count(0)
    assert not HourEntry.objects.exists()
    sign_in(page, volunteer, base_url)
    page.goto("/volunteer/")

    expect(page.locator("#ledger li")).to_have_count(1)
    assert HourEntry.objects.get().volunteer == volunteer


def test_a_session_that_ended_keeps_the_records(page, base_url, volunteer):
    page.context.clear_cookies(name="sessionid")

    enter(page, *TIMES[0])

    expect(page.locator("[data-say=signin]")).to_be_visible()
    expect(waiting(page)).to_have_count(1)
    sign_in(page, volunteer, base_url)
    page.goto("/volunteer/")
    expect(page.locator("#ledger li")).to_have_count(1)


def test_a_photo_waits_with_its_record(page, tmp_path):
    path = tmp_path / "big.jpg"
    path.write_bytes(picture((3000, 2000)).getvalue())
    page.context.set_offline(True)
    page.locator("[name=photo]").set_input_files(path)
    enter(page, *TIMES[0])
    expect(waiting(page).locator("[data-with-photo]")).to_be_visible()

    page.context.set_offline(False)

    expect(page.locator("#ledger img")).to_have_count(1, timeout=SCATTERED_MS)
    entry = HourEntry.objects.get()
    assert entry.evidence == Evidence.PHOTO
    assert (entry.photo.width, entry.photo.height) == (1600, 1067)


def test_start_and_stop_fill_the_form_though_the_page_was_closed(page):
    page.clock.install(time=NOW)
    page.goto("/volunteer/")
    ready(page)
    page.locator("[data-start]").click()
    expect(page.locator("[data-since]")).to_have_text("10:00")
    page.goto("/")
    page.clock.set_fixed_time(NOW + timedelta(minutes=95))
    page.goto("/volunteer/")
    ready(page)

    page.locator("[data-stop]").click()

    form = page.locator("form[data-outbox]")
    expect(form.locator("[name=start]")).to_have_value("10:00")
    expect(form.locator("[name=end]")).to_have_value("11:35")
    expect(page.locator("[data-start]")).to_be_visible()


def test_two_tabs_send_each_record_once(page):
    page.context.set_offline(True)
    for times in TIMES:
        enter(page, *times)
    other = page.context.new_page()
    other.goto("/volunteer/")
    ready(other)

    page.context.set_offline(False)

    # Both tabs heard of the network, and send.
    expect(waiting(page)).to_have_count(0, timeout=SCATTERED_MS)
    expect(waiting(other)).to_have_count(0, timeout=SCATTERED_MS)
    assert HourEntry.objects.count() == 3
