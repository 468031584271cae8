"""The pages of the waiting list, without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.common.clock import cell_at, moment, today
from services.bookings.models import Booking
from services.waitlist.messages import entry_path
from services.waitlist.models import WaitlistEntry, WaitState
from services.waitlist.offers import offer_everywhere
from tests.factories.accounts import UserFactory
from tests.factories.pages import last_code
from tests.factories.services import make_booking, open_day, open_offering
from tests.factories.waiting import free_a_place, waiting

pytestmark = pytest.mark.django_db
TYPED = {"name": "李阿婆", "phone": "13900000009", "language": "zh-hans"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def full(now):
    """The day after tomorrow, open for one quarter at 14:00, which is booked."""
    offering = open_offering(now, pool__lanes_online=1)
    start = moment(today(now) + timedelta(days=2), 56)
    open_day(offering.pool, today(start), first=56, end=57)
    make_booking(offering, start=start, now=now)
    return offering, start


def join_url(full):
    offering, start = full
    return (
        f"{reverse('waitlist:join')}?centre=town&item={offering.item.code}"
        f"&day={today(start)}&cell={cell_at(start)}"
    )


def entry_of(full, now):
    offering, start = full
    return waiting(offering, now=now, first=start)


def offer_of(full, now):
    entry = entry_of(full, now)
    free_a_place(full[0])
    offer_everywhere(now=now)
    entry.refresh_from_db()
    return entry


def test_join_leads_to_the_own_place(client, full):
    assert client.get(join_url(full)).status_code == 200

    answer = client.post(join_url(full), TYPED | {"earliest": "56", "latest": "56"}, follow=True)

    entry = WaitlistEntry.objects.get()
    assert answer.redirect_chain[-1][0] == entry_path(entry)
    assert "李*婆" in answer.content.decode()
    assert "13900000009" not in answer.content.decode()


def test_join_says_what_is_wrong_and_keeps_what_was_typed(client, full):
    answer = client.post(join_url(full), TYPED | {"phone": "1", "earliest": "56", "latest": "56"})

    assert answer.status_code == 422
    assert "李阿婆" in answer.content.decode()


def test_join_leads_to_a_place_that_is_free(client, full):
    free_a_place(full[0])

    answer = client.post(join_url(full), TYPED | {"earliest": "56", "latest": "56"})

    assert answer.status_code == 422
    assert f"day={today(full[1])}" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?centre=town&item=NO&day=2020-01-01", "?centre=x&item=y"])
def test_join_without_a_day_leads_back_to_booking(client, full, query):
    answer = client.get(reverse("waitlist:join") + query)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("bookings:book"))


def test_join_asks_for_a_proven_phone_where_messages_cost(client, full, settings):
    settings.PHONE_VERIFICATION = True

    answer = client.get(join_url(full))

    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_join_takes_the_own_proven_phone(client, full, now, settings):
    settings.PHONE_VERIFICATION = True
    client.force_login(UserFactory(phone=TYPED["phone"], phone_verified_at=now))

    client.post(join_url(full), TYPED | {"earliest": "56", "latest": "56"})

    assert WaitlistEntry.objects.exists()


def test_join_sends_a_code_to_any_other_phone(client, full, now, settings):
    settings.PHONE_VERIFICATION = True
    client.force_login(UserFactory(phone_verified_at=now))
    typed = TYPED | {"earliest": "56", "latest": "56"}

    asked = client.post(join_url(full), typed)
    assert 'name="code"' in asked.content.decode()
    wrong = client.post(join_url(full), typed | {"code": "no"})
    assert (wrong.status_code, WaitlistEntry.objects.count()) == (422, 0)

    client.post(join_url(full), typed | {"code": last_code()})
    assert WaitlistEntry.objects.exists()


def test_taking_the_offer_leads_to_the_booking(client, full, now):
    entry = offer_of(full, now)
    assert "确认这个名额" in client.get(entry_path(entry)).content.decode()

    answer = client.post(f"{reverse('waitlist:accept', args=[entry.reference])}?t={entry.token}")

    booking = Booking.objects.get(person_hash=entry.person_hash)
    assert answer["Location"] == f"/b/{booking.reference}/?t={booking.token}"


def test_reading_the_page_takes_nothing(client, full, now):
    entry = offer_of(full, now)

    client.get(entry_path(entry))
    client.get(f"{reverse('waitlist:accept', args=[entry.reference])}?t={entry.token}")

    entry.refresh_from_db()
    assert entry.state == WaitState.OFFERED


def test_leaving_needs_no_account(client, full, now):
    entry = entry_of(full, now)

    client.post(f"{reverse('waitlist:leave', args=[entry.reference])}?t={entry.token}")

    entry.refresh_from_db()
    assert entry.state == WaitState.WITHDRAWN
    assert client.get(entry_path(entry)).status_code == 200


@pytest.mark.parametrize("page", ["show", "accept", "leave"])
def test_a_wrong_token_finds_nothing(client, full, now, page):
    entry = offer_of(full, now)
    url = f"{reverse(f'waitlist:{page}', args=[entry.reference])}?t=wrong"

    answer = client.get(url) if page == "show" else client.post(url)

    entry.refresh_from_db()
    assert answer.status_code == 404
    assert entry.state == WaitState.OFFERED


def test_mine_finds_what_was_joined_with_the_own_phone(client, full, now):
    entry = entry_of(full, now)
    client.force_login(UserFactory(phone="13900000009", phone_verified_at=now))
    assert entry.reference in client.get(reverse("waitlist:mine")).content.decode()

    client.force_login(UserFactory(phone="13900000008", phone_verified_at=now))
    assert entry.reference not in client.get(reverse("waitlist:mine")).content.decode()


def test_mine_asks_the_same_for_many(client, full, now, django_assert_max_num_queries):
    offering, start = full
    user = UserFactory(phone_verified_at=now)
    client.force_login(user)
    for number in range(12):
        entry = waiting(offering, now=now, first=start, phone=f"139000002{number:02d}")
        WaitlistEntry.objects.filter(pk=entry.pk).update(user=user)

    with django_assert_max_num_queries(6):
        client.get(reverse("waitlist:mine"))
