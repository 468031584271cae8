"""With PHONE_VERIFICATION, the API books only with the code that the phone received."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.utils import timezone

from lishui_center.common.encryption import lookup_hash
from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from tests.api.test_contract import start_on, wish
from tests.factories.pages import last_code
from tests.factories.services import make_booking, open_offering

pytestmark = pytest.mark.django_db
PHONE = "13900000001"
OTHER = "13900000002"


@pytest.fixture(autouse=True)
def offering(settings):
    settings.PHONE_VERIFICATION = True
    return open_offering(timezone.now(), item__code="C02")


def ask_for_code(client, phone=PHONE, **fields):
    return client.post(
        "/api/v1/phone-codes/", {"phone": phone} | fields, content_type="application/json"
    )


def book(client, code="", phone=PHONE, key="k1", **fields):
    headers = {"Idempotency-Key": key} | ({"X-Phone-Code": code} if code else {})
    return client.post(
        "/api/v1/bookings/",
        wish(phone=phone, **fields),
        content_type="application/json",
        headers=headers,
    )


def refused(answer):
    return (answer.status_code, answer.json()["code"]) == (403, "phone_unproven")


def wrong_code():
    return "000000" if last_code() != "000000" else "111111"


def test_sends_a_code_in_the_language_asked_for(client):
    answer = ask_for_code(client, phone="+86 139 0000 0001", language="en")

    assert answer.status_code == HTTPStatus.ACCEPTED
    assert answer.json() == {"valid_seconds": 300}
    assert Notification.objects.get(kind="sign_in_code").language == "en"


def test_keeps_no_code_that_can_be_read(client):
    ask_for_code(client)

    kept = str(cache.get(f"phone-code-{lookup_hash(PHONE)}"))
    assert lookup_hash(last_code(), purpose="code") in kept
    assert last_code() not in kept
    assert PHONE not in kept


def test_the_right_code_books(client):
    ask_for_code(client)

    assert book(client, last_code()).status_code == HTTPStatus.CREATED


def test_the_same_code_takes_another_time_and_the_replay(client):
    ask_for_code(client)

    closed = book(client, last_code(), key="k0", start=start_on(cell=10).isoformat())
    answers = [book(client, last_code()) for _ in range(2)]

    assert closed.json()["code"] == "slot_closed"
    assert [answer.status_code for answer in answers] == [201, 200]


def test_says_what_to_do_without_a_code(client):
    answer = book(client)

    assert refused(answer)
    assert "/api/v1/phone-codes/" in answer.json()["detail"]
    assert "X-Phone-Code" in answer.json()["detail"]


def test_a_stranger_learns_nothing_of_what_a_phone_has_booked(client, offering):
    make_booking(offering, start=start_on(), now=timezone.now(), phone=PHONE)

    assert book(client).json() == book(client, phone=OTHER).json()


def test_the_code_of_one_phone_proves_no_other(client):
    ask_for_code(client)

    assert refused(book(client, last_code(), phone=OTHER))


def test_a_later_code_ends_the_one_before(client):
    ask_for_code(client)
    before = last_code()
    ask_for_code(client)

    assert refused(book(client, before))


def test_each_code_is_good_for_five_requests(client):
    ask_for_code(client)
    for _ in range(5):
        assert refused(book(client, wrong_code()))

    assert refused(book(client, last_code()))
    assert not Booking.objects.exists()


def test_a_code_ends_after_five_minutes(client, stop_the_clock):
    ask_for_code(client)
    stop_the_clock(timezone.now() + timedelta(minutes=5, seconds=1))

    assert refused(book(client, last_code()))


def test_codes_are_not_sent_without_end(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/15m/key"}
    ask_for_code(client)

    answer = ask_for_code(client)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_codes")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"phone": "12345"}, "bad_phone"),
        ({"phone": ""}, "invalid"),
        ({"language": "fr"}, "invalid"),
    ],
)
def test_bad_input_sends_nothing(client, fields, code):
    answer = ask_for_code(client, **fields)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Notification.objects.exists()


def test_without_verification_no_code_is_asked_for(client, settings):
    settings.PHONE_VERIFICATION = False

    assert book(client).status_code == HTTPStatus.CREATED
