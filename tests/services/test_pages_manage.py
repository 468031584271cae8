"""A booking's own page in all its states, its calendar file, and finding it again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from services.changes.actions import cancel_booking, move_booking
from tests.factories.accounts import UserFactory
from tests.factories.pages import START, last_code, link_to, open_page
from tests.factories.services import NOW, DocumentFactory, make_booking, open_offering

pytestmark = pytest.mark.django_db
MOVE, CANCEL = "/move/?t=", "/cancel/?t="


@pytest.fixture(autouse=True)
def _wednesday_morning(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return open_offering()


@pytest.fixture
def booking(offering):
    return make_booking(offering, start=START)


def set_to(booking, **columns):
    Booking.objects.filter(pk=booking.pk).update(**columns)


def test_shows_all_that_is_needed_and_no_personal_data(client, booking):
    DocumentFactory(item=booking.items.get().item, name_zh="户口簿")

    page = open_page(client, booking)

    for shown in (
        booking.reference,
        "户口簿",
        "里水大道1号",
        "0757-00000000",
        MOVE,
        CANCEL,
        "<svg",
    ):
        assert shown in page
    assert "陈小怡" not in page
    assert booking.phone not in page


@pytest.mark.parametrize("token", ["", "wrong", "é", "0" * 32])
def test_a_wrong_token_learns_nothing(client, booking, token):
    assert client.get(f"/b/{booking.reference}/", {"t": token}).status_code == 404
    assert client.get(f"/b/{booking.reference}/move/", {"t": token}).status_code == 404
    assert client.post(f"/b/{booking.reference}/cancel/?t={token}", {}).status_code == 404


def test_the_token_of_another_booking_learns_nothing(client, booking):
    token = make_booking(phone="13900000002").token

    assert client.get(f"/b/{booking.reference}/", {"t": token}).status_code == 404
    assert client.get(f"/b/{booking.reference}/move/", {"t": token}).status_code == 404
    assert client.post(f"/b/{booking.reference}/cancel/?t={token}", {}).status_code == 404
    assert Booking.objects.active().count() == 2


def test_the_page_is_kept_nowhere(client, booking):
    answer = client.get(link_to(booking, "bookings:manage"))

    assert "no-store" in answer["Cache-Control"]


def test_takes_the_code_in_small_letters(client, booking):
    url = f"/b/{booking.reference.lower()}/?t={booking.token}"

    assert client.get(url).status_code == 200


def test_offers_no_change_when_it_is_too_late(client, booking, stop_the_clock):
    stop_the_clock(START - timedelta(minutes=60))

    page = open_page(client, booking)

    assert MOVE not in page
    assert CANCEL not in page


@pytest.mark.parametrize("status", ["checked_in", "done", "no_show"])
def test_offers_no_change_once_it_is_over(client, booking, status):
    set_to(booking, status=status)

    page = open_page(client, booking)

    assert MOVE not in page
    assert ("/book/?centre=town" in page) == (status != "checked_in")


def test_offers_to_book_again_once_cancelled(client, booking):
    cancel_booking(booking_id=booking.pk, now=NOW)

    page = open_page(client, booking)

    assert f"/book/?centre=town&amp;item={booking.items.get().item.code}" in page
    assert MOVE not in page


def test_a_visit_the_centre_disturbed_can_be_moved_up_to_its_start(client, booking, stop_the_clock):
    set_to(booking, kept_free=True)
    stop_the_clock(START - timedelta(minutes=5))

    page = open_page(client, booking)

    assert "notice-warn" in page
    assert MOVE in page


def test_a_visit_whose_time_has_passed_leads_to_a_new_one(client, booking, stop_the_clock):
    stop_the_clock(START + timedelta(hours=2))

    page = open_page(client, booking)

    assert "/book/?centre=town" in page
    assert "<figure" not in page


def test_asks_for_the_promise_to_come_the_day_before(client, booking, stop_the_clock):
    url = reverse("attendance:confirm", args=[booking.reference])

    assert url in open_page(client, booking)
    stop_the_clock(NOW - timedelta(days=1))
    assert url not in open_page(client, booking)


def test_the_calendar_entry_follows_the_booking(client, booking):
    url = link_to(booking, "bookings:calendar")
    first = Calendar.from_ical(client.get(url).content).events[0]
    move_booking(booking_id=booking.pk, start=START + timedelta(hours=1), now=NOW)

    answer = client.get(url)

    moved = Calendar.from_ical(answer.content).events[0]
    assert answer["Content-Type"].startswith("text/calendar")
    assert moved["UID"] == first["UID"]
    assert moved["SEQUENCE"] == first["SEQUENCE"] + 1
    assert moved.start == START + timedelta(hours=1)
    assert booking.reference in moved["DESCRIPTION"]


def test_the_calendar_entry_is_taken_back_with_the_booking(client, booking):
    cancel_booking(booking_id=booking.pk, now=NOW)

    answer = client.get(link_to(booking, "bookings:calendar"))

    assert Calendar.from_ical(answer.content).events[0]["STATUS"] == "CANCELLED"


def test_costs_twelve_queries_at_most(client, booking, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        open_page(client, booking)


class TestMine:
    """The list of whoever is signed in."""

    @pytest.fixture
    def user(self, client):
        user = UserFactory(phone="13800000077", phone_verified_at=NOW)
        client.force_login(user)
        return user

    def test_shows_what_is_to_come_and_what_is_past(self, client, offering, user):
        coming = make_booking(offering, start=START, phone=user.phone)
        past = make_booking(open_offering(), start=START, phone=user.phone)
        set_to(past, status="done")

        first = client.get("/my/bookings/").content.decode()
        second = client.get("/my/bookings/?show=past").content.decode()

        assert coming.reference in first
        assert past.reference not in first
        assert past.reference in second

    def test_shows_nobody_elses(self, client, booking, user):
        assert booking.reference not in client.get("/my/bookings/").content.decode()

    def test_a_phone_that_is_not_proven_opens_nothing(self, client, offering, user):
        booking = make_booking(offering, start=START, phone=user.phone)
        type(user).objects.filter(pk=user.pk).update(phone_verified_at=None)

        assert booking.reference not in client.get("/my/bookings/").content.decode()

    def test_asks_the_database_the_same_for_one_and_for_twelve(
        self, client, offering, user, django_assert_max_num_queries
    ):
        make_booking(offering, start=START, phone=user.phone)
        with django_assert_max_num_queries(12) as few:
            client.get("/my/bookings/")
        for n in range(11):
            row = make_booking(open_offering(), start=START, phone=f"1390000{n:04d}")
            set_to(row, phone_hash=user.phone_hash)

        with django_assert_max_num_queries(len(few)):
            client.get("/my/bookings/")


class TestFinding:
    """Without an account: the booking code, the phone, and a code sent to it."""

    def look_for(self, client, reference, phone):
        typed = {"reference": reference, "phone": phone}
        return client.post("/my/bookings/find/", typed, follow=True)

    def test_opens_the_booking_by_a_code_to_its_phone(self, client, booking):
        self.look_for(client, booking.reference.lower(), booking.phone)

        answer = client.post("/my/bookings/open/", {"code": last_code()}, follow=True)

        assert booking.reference in answer.content.decode()
        assert answer.redirect_chain[-1][0].startswith(f"/b/{booking.reference}/")

    def test_answers_the_same_where_there_is_nothing(self, client, booking):
        found = self.look_for(client, booking.reference, booking.phone).content.decode()
        missed = self.look_for(client, booking.reference, "13900000555").content.decode()

        hide = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')
        assert hide.sub("", found) == hide.sub("", missed)
        assert Notification.objects.filter(kind="sign_in_code").count() == 1

    @pytest.mark.parametrize("code", ["", "000000"])
    def test_nothing_opens_what_was_not_found(self, client, booking, code):
        self.look_for(client, booking.reference, "13900000555")

        answer = client.post("/my/bookings/open/", {"code": code})

        assert answer.status_code == 422

    def test_cannot_be_tried_without_end(self, client, booking, settings):
        settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/15m/key"}
        self.look_for(client, "AAAAAA", booking.phone)

        answer = self.look_for(client, booking.reference, booking.phone)

        assert answer.status_code == 422
        assert not Notification.objects.filter(kind="sign_in_code").exists()

    def test_begins_with_the_search(self, client):
        assert client.get("/my/bookings/open/").headers["Location"] == "/my/bookings/"
        assert 'name="reference"' in client.get("/my/bookings/").content.decode()
