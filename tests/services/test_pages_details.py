"""The third step: who comes, and everything that can go wrong while typing."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from services.bookings.models import Booking
from services.hours.models import DayPlan
from services.household.models import FamilyMember
from services.slots.actions import hold_slot
from tests.factories.accounts import UserFactory
from tests.factories.pages import START, TYPED, book_url, confirm, hold
from tests.factories.services import NOW, make_booking, open_offering, visit_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def _wednesday_morning(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def offering():
    return open_offering(pool__lanes_online=1)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_books_and_shows_the_booking(client, offering):
    answer = confirm(client, hold(client, offering))

    booking = Booking.objects.get()
    assert booking.name == "李阿婆"
    assert booking.starts_at == START
    assert f'<p class="reference">{booking.reference}</p>' in text_of(answer)


def test_shows_until_when_the_time_is_kept(client, offering):
    assert 'data-countdown="600"' in text_of(hold(client, offering))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "\u200b\u0007"),
        ("name", "长" * 500),
        ("phone", ""),
        ("phone", "12345"),
        ("language", "xx"),
    ],
)
def test_says_what_is_wrong_and_keeps_the_rest(client, offering, field, text):
    answer = confirm(client, hold(client, offering), **{field: text})

    kept = "13900000009" if field == "name" else "李阿婆"
    assert answer.status_code == 422
    assert 'class="error-summary"' in text_of(answer)
    assert f'value="{kept}"' in text_of(answer)
    assert not Booking.objects.exists()


def test_tidies_the_name_and_the_phone(client, offering):
    confirm(client, hold(client, offering), name="  李\t阿婆 ", phone="+86 139-0000 0009")

    booking = Booking.objects.get()
    assert (booking.name, booking.phone) == ("李 阿婆", "13900000009")


def test_a_double_click_books_once(client, offering):
    page = hold(client, offering)

    first, second = confirm(client, page), confirm(client, page)

    assert Booking.objects.count() == 1
    assert first.redirect_chain[-1] == second.redirect_chain[-1]


def test_the_same_form_with_another_name_is_no_replay(client, offering):
    page = hold(client, offering)
    confirm(client, page)

    answer = confirm(client, page, name="陈小怡")

    assert answer.status_code == 409
    assert Booking.objects.get().name == "李阿婆"


def test_a_hold_that_ran_out_is_no_harm_while_the_time_is_free(client, offering, stop_the_clock):
    page = hold(client, offering)
    stop_the_clock(LATER)

    confirm(client, page)

    assert Booking.objects.get().starts_at == START


def test_a_time_lost_while_typing_loses_nothing_typed(client, offering, stop_the_clock):
    page = hold(client, offering)
    stop_the_clock(LATER)
    hold_slot(visit=visit_of(offering), start=START, now=LATER)

    answer = confirm(client, page)

    assert answer.status_code == 409
    assert 'value="李阿婆"' in text_of(answer)
    assert re.search(
        r'name="start" value="2026-11-26T14:15:00\+08:00" form="details"', text_of(answer)
    )


def test_the_nearest_time_is_one_tap_and_loses_nothing_typed(client, offering, stop_the_clock):
    page = hold(client, offering)
    stop_the_clock(LATER)
    hold_slot(visit=visit_of(offering), start=START, now=LATER)
    lost = confirm(client, page)
    start = START + timedelta(minutes=15)

    again = confirm(client, lost, start=start.isoformat())
    booked = confirm(client, again)

    assert 'value="李阿婆"' in text_of(again)
    assert Booking.objects.get().starts_at == start
    assert booked.status_code == 200


def test_a_centre_that_closed_meanwhile_is_said(client, offering):
    page = hold(client, offering)
    DayPlan.objects.filter(date=START.date()).update(spans=[])

    answer = confirm(client, page)

    assert answer.status_code == 409
    assert 'role="alert"' in text_of(answer)
    assert 'value="李阿婆"' in text_of(answer)
    assert not Booking.objects.exists()


def test_a_limit_is_said_in_the_page(client, offering):
    make_booking(offering, phone=TYPED["phone"], start=START - timedelta(hours=2))

    answer = confirm(client, hold(client, offering))

    assert answer.status_code == 409
    assert offering.item.name in text_of(answer)


def test_the_step_without_a_kept_time_leads_back_to_the_times(client, offering):
    url = book_url(offering, day="2026-11-26", start=START.isoformat())

    page = text_of(client.get(url))

    assert 'id="times"' in page
    assert 'role="alert"' in page


def test_a_form_without_its_time_leads_back_to_the_times(client, offering):
    answer = client.post(book_url(offering), TYPED)

    assert 'id="times"' in text_of(answer)


def test_another_session_does_not_get_the_hold(client, offering):
    page = hold(client, offering)

    answer = confirm(Client(), page)

    assert answer.status_code == 409
    assert not Booking.objects.exists()


def test_knows_name_and_phone_of_who_is_signed_in(client, offering):
    user = UserFactory(phone="13800000077", display_name="王小明")
    client.force_login(user)

    page = text_of(hold(client, offering))
    confirm(client, hold(client, offering))

    assert 'value="王小明"' in page
    assert 'value="13800000077"' in page
    assert Booking.objects.get().user == user


def test_books_for_a_relative_with_nothing_typed(client, offering):
    user = UserFactory(phone="13800000077")
    relative = FamilyMember.objects.create(
        user=user, name="王奶奶", relation="parent", concession=True
    )
    client.force_login(user)

    confirm(client, hold(client, offering), who=relative.pk, name="", phone="13800000077")

    booking = Booking.objects.get()
    assert (booking.name, booking.phone, booking.concession) == ("王奶奶", "13800000077", True)


def test_nobody_books_for_anothers_relative(client, offering):
    user = UserFactory()
    FamilyMember.objects.create(user=user, name="王奶奶", relation="parent")
    stranger = FamilyMember.objects.create(user=UserFactory(), name="别人", relation="parent")
    client.force_login(user)

    answer = confirm(client, hold(client, offering), who=stranger.pk)

    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_writes_in_the_language_that_was_chosen(client, offering):
    confirm(client, hold(client, offering), language="en")

    assert Booking.objects.get().language == "en"


def test_forms_without_a_hold_are_counted_like_holds(client, offering, settings):
    page = hold(client, offering)
    settings.ACCOUNT_RATE_LIMITS = {"hold_slot": "1/h"}
    hold(Client(), offering, START + timedelta(hours=1))

    answer = confirm(Client(), page)

    assert answer.status_code == 429
    assert not Booking.objects.exists()
