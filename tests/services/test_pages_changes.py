"""Moving and cancelling on the pages, without JavaScript and without signing in."""

from datetime import timedelta

import pytest

from services.bookings.models import Booking, Status
from services.changes.actions import cancel_booking, move_booking
from services.slots.actions import hold_slot
from tests.factories.pages import START, link_to
from tests.factories.services import NOW, make_booking, open_offering, visit_of

pytestmark = pytest.mark.django_db
LATER = START + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _wednesday_morning(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return open_offering(pool__lanes_online=1)


@pytest.fixture
def booking(offering):
    return make_booking(offering, start=START)


def move(client, booking, start=LATER, version=None):
    sent = {"start": start.isoformat(), "version": version or booking.version}
    return client.post(link_to(booking, "changes:move"), sent, follow=True)


def cancel(client, booking, version=None):
    sent = {"version": version or booking.version}
    return client.post(link_to(booking, "changes:cancel"), sent, follow=True)


def test_shows_the_days_of_the_booking_with_its_time_chosen(client, booking):
    page = client.get(link_to(booking, "changes:move")).content.decode()

    assert 'class="slot slot-on"' in page
    assert f'name="version" value="{booking.version}"' in page


def test_htmx_gets_the_times_only(client, booking):
    url = link_to(booking, "changes:move") + "&day=2026-11-27"

    answer = client.get(url, headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<div id="times">')


def test_one_tap_moves_and_keeps_the_code(client, booking):
    answer = move(client, booking)

    booking.refresh_from_db()
    assert booking.starts_at == LATER
    assert booking.reference in answer.content.decode()


def test_a_time_just_taken_answers_with_the_nearest(client, offering, booking):
    hold_slot(visit=visit_of(offering), start=LATER, now=NOW)

    answer = move(client, booking)

    assert answer.status_code == 409
    assert 'name="start" value="2026-11-26T14:45:00+08:00"' in answer.content.decode()
    booking.refresh_from_db()
    assert booking.starts_at == START


@pytest.mark.parametrize(
    "start", ["", "soon", "0001-01-01T00:00:00+23:00", "2026-11-26T14:07+08:00"]
)
def test_a_time_off_the_grid_changes_nothing(client, booking, start):
    url = link_to(booking, "changes:move")

    answer = client.post(url, {"start": start, "version": booking.version})

    assert answer.status_code == 400
    booking.refresh_from_db()
    assert booking.starts_at == START


def test_the_same_time_is_said(client, booking):
    assert move(client, booking, START).status_code == 409


def test_a_second_tab_cannot_undo_the_first(client, booking):
    move_booking(booking_id=booking.pk, start=LATER, now=NOW)

    moved = move(client, booking, START + timedelta(hours=2), version=1)
    cancelled = cancel(client, booking, version=1)

    booking.refresh_from_db()
    assert (booking.status, booking.starts_at) == (Status.BOOKED, LATER)
    for answer in (moved, cancelled):
        assert "notice-bad" in answer.content.decode()


def test_asks_before_it_cancels(client, booking):
    page = client.get(link_to(booking, "changes:cancel")).content.decode()

    assert 'class="btn btn-danger"' in page
    assert Booking.objects.get().status == Status.BOOKED


def test_cancels_and_says_so(client, booking):
    answer = cancel(client, booking)

    assert Booking.objects.get().status == Status.CANCELLED
    assert "/book/?centre=town" in answer.content.decode()


def test_a_second_tap_on_cancel_stays_on_the_booking(client, booking):
    cancel(client, booking)

    answer = cancel(client, booking)

    assert answer.status_code == 200
    assert booking.reference in answer.content.decode()


@pytest.mark.parametrize("page", ["changes:move", "changes:cancel"])
def test_leads_back_to_the_booking_when_it_is_too_late(client, booking, page, stop_the_clock):
    stop_the_clock(START - timedelta(minutes=60))

    answer = client.get(link_to(booking, page))

    assert answer.headers["Location"].startswith(f"/b/{booking.reference}/?t=")


def test_too_late_is_answered_also_to_a_form_that_was_open(client, booking, stop_the_clock):
    stop_the_clock(START - timedelta(minutes=60))

    move(client, booking)
    cancel(client, booking)

    booking.refresh_from_db()
    assert (booking.status, booking.starts_at) == (Status.BOOKED, START)


def test_costs_twelve_queries_at_most(client, booking, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(link_to(booking, "changes:move"))


def test_nobody_is_sent_messages_by_moving_on_and_on(client, booking, settings):
    settings.ACCOUNT_RATE_LIMITS = {"hold_slot": "1/h"}
    move(client, booking)
    booking.refresh_from_db()

    answer = move(client, booking, start=START)

    booking.refresh_from_db()
    assert booking.starts_at == LATER
    assert 'role="alert"' in answer.content.decode()


def cancel_page(client, offering, times, **columns):
    """The page that asks, for somebody who has cancelled so many times."""
    for _ in range(times):
        cancel_booking(booking_id=make_booking(offering, start=START).pk, now=NOW)
    booking = make_booking(offering, start=START)
    Booking.objects.filter(pk=booking.pk).update(**columns)
    return client.get(link_to(booking, "changes:cancel")).content.decode()


@pytest.mark.parametrize(
    ("times", "warning"),
    [(3, "第4次取消；满5次"), (4, "第5次取消，取消后网上预约将暂停至12月25日")],
)
def test_cancelling_warns_when_the_limit_is_near(client, offering, times, warning):
    assert warning in cancel_page(client, offering, times)


@pytest.mark.parametrize(
    ("times", "columns"), [(2, {}), (4, {"kept_free": True}), (4, {"concession": True})]
)
def test_cancelling_warns_of_nothing_that_does_not_follow(client, offering, times, columns):
    assert "次取消" not in cancel_page(client, offering, times, **columns)
