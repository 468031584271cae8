"""With PHONE_VERIFICATION, a code proves the phone that a booking is made with."""

import re
from datetime import timedelta

import pytest

from lishui_center.notifications.models import Notification
from services.bookings.models import Booking
from services.household.actions import Relative, add_relative
from services.household.models import Relation
from tests.factories.accounts import UserFactory
from tests.factories.pages import confirm, hold, last_code
from tests.factories.services import NOW, open_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return open_offering()


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def wrong_code():
    return "000000" if last_code() != "000000" else "111111"


@pytest.fixture(autouse=True)
def _on(settings, stop_the_clock):
    stop_the_clock(NOW)
    settings.PHONE_VERIFICATION = True


def test_sends_a_code_and_asks_for_it(client, offering):
    answer = confirm(client, hold(client, offering))

    assert 'name="code"' in text_of(answer)
    assert Notification.objects.get(kind="sign_in_code").context == {}
    assert not Booking.objects.exists()


def test_the_right_code_books(client, offering):
    asked = confirm(client, hold(client, offering))

    confirm(client, asked, code=f" {last_code()} ")

    assert Booking.objects.count() == 1


def test_a_wrong_code_can_be_corrected(client, offering):
    asked = confirm(client, hold(client, offering))

    wrong = confirm(client, asked, code=wrong_code())
    right = confirm(client, wrong, code=last_code())

    assert wrong.status_code == 422
    assert right.status_code == 200
    assert Booking.objects.count() == 1


def test_five_wrong_codes_end_it(client, offering):
    page = confirm(client, hold(client, offering))
    for _ in range(5):
        page = confirm(client, page, code=wrong_code())

    confirm(client, page, code=last_code())

    assert not Booking.objects.exists()


def test_tries_count_also_when_the_session_forgets_them(client, offering):
    page = confirm(client, hold(client, offering))
    before = dict(client.session.items())
    for _ in range(5):
        confirm(client, page, code=wrong_code())
        session = client.session
        session.update(before)
        session.save()

    confirm(client, page, code=last_code())

    assert not Booking.objects.exists()


def test_the_code_of_one_phone_proves_no_other(client, offering):
    asked = confirm(client, hold(client, offering))

    confirm(client, asked, code=last_code(), phone="13900000010")

    assert not Booking.objects.exists()


def test_a_code_ends_after_five_minutes(client, offering, stop_the_clock):
    asked = confirm(client, hold(client, offering))
    stop_the_clock(NOW + timedelta(minutes=6))

    answer = confirm(client, asked, code=last_code())

    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_can_be_sent_again(client, offering):
    asked = confirm(client, hold(client, offering))

    confirm(client, asked, resend="1", code="")

    assert Notification.objects.filter(kind="sign_in_code").count() == 2


def test_codes_are_not_sent_without_end(client, offering, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/15m/key"}
    asked = confirm(client, hold(client, offering))

    answer = confirm(client, asked, resend="1", code="")

    assert answer.status_code == 429
    assert 'value="李阿婆"' in text_of(answer)


@pytest.fixture
def resident(client):
    """Somebody signed in, whose own phone is proven; the one typed in these tests is another's."""
    user = UserFactory(phone_verified_at=NOW)
    client.force_login(user)
    return user


def test_the_own_proven_phone_needs_none(client, offering, resident):
    confirm(client, hold(client, offering), phone=resident.phone)

    assert Booking.objects.count() == 1


def test_an_own_phone_that_was_never_proven_needs_one(client, offering):
    client.force_login(UserFactory(phone="13900000009"))

    asked = confirm(client, hold(client, offering))

    assert 'name="code"' in text_of(asked)
    assert not Booking.objects.exists()


def test_signing_in_proves_nobody_elses_phone(client, offering, resident):
    asked = confirm(client, hold(client, offering))
    assert not Booking.objects.exists()

    confirm(client, asked, code=last_code())
    assert Booking.objects.get().user == resident


def test_a_saved_relatives_phone_needs_none(client, offering, resident):
    mother = Relative("李阿婆", Relation.PARENT, "13900000009")
    member = add_relative(user=resident, relative=mother)

    confirm(client, hold(client, offering), who=str(member.pk))

    assert Booking.objects.get().phone == "13900000009"


def test_a_number_typed_for_a_relative_needs_one(client, offering, resident):
    member = add_relative(user=resident, relative=Relative("李阿婆", Relation.PARENT))

    confirm(client, hold(client, offering), who=str(member.pk))

    assert not Booking.objects.exists()


def test_a_saved_relative_proves_no_number_typed_for_others(client, offering, resident):
    add_relative(user=resident, relative=Relative("李阿婆", Relation.PARENT, "13900000009"))

    confirm(client, hold(client, offering), who="other")

    assert not Booking.objects.exists()
