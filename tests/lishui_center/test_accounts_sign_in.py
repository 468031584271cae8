"""Residents sign in by a code, by phone or e-mail; who has an account stays unknown."""

import json
import time

import pytest
from django.contrib.sessions.models import Session

from lishui_center.accounts.actions import forget_unproven, open_account
from lishui_center.accounts.models import User
from lishui_center.audit.models import Event
from lishui_center.common.encryption import unseal
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

REQUEST = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"
PHONE = "13812340001"


def latest_code() -> str:
    message = Notification.objects.latest("pk")
    return json.loads(unseal(message.secret_sealed))["code"]


def ask_code(client, **who):
    return client.post(REQUEST, who)


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_signs_in_with_the_code_sent_to_the_phone(client):
    user = UserFactory(phone=PHONE)

    asked = ask_code(client, phone="+86 138-1234-0001")
    confirmed = client.post(CONFIRM, {"code": latest_code()})

    assert asked.url == CONFIRM
    assert confirmed.url == "/account/"
    assert signed_in_as(client) == str(user.pk)


def test_signs_in_with_the_code_sent_by_mail(client):
    user = open_account(email="ann@example.org", language="en", now=UserFactory().joined_at)

    ask_code(client, email="Ann@Example.org")
    client.post(CONFIRM, {"code": latest_code()})

    assert Notification.objects.latest("pk").email == "ann@example.org"
    assert signed_in_as(client) == str(user.pk)


def test_sends_the_code_to_the_phone_that_was_typed(client):
    UserFactory(phone=PHONE)

    ask_code(client, phone=PHONE)

    message = Notification.objects.get()
    assert message.kind == "sign_in_code"
    assert unseal(message.phone_sealed) == PHONE
    assert len(latest_code()) == 6
    assert latest_code().isdigit()


def test_goes_on_to_the_page_that_asked_for_the_sign_in(client):
    UserFactory(phone=PHONE)

    asked = client.post(f"{REQUEST}?next=/account/export/", {"phone": PHONE})
    confirmed = client.post(asked.url, {"code": latest_code()})

    assert confirmed.url == "/account/export/"


def test_opens_an_account_for_a_newcomer(client):
    ask_code(client, phone=PHONE)
    client.post(CONFIRM, {"code": latest_code()})

    user = User.objects.with_phone(PHONE)
    assert signed_in_as(client) == str(user.pk)
    assert user.phone_verified_at
    assert not user.has_usable_password()


def test_opens_an_account_for_a_newcomer_with_a_mail_address_only(client):
    ask_code(client, email="new@example.org")
    client.post(CONFIRM, {"code": latest_code()})

    assert signed_in_as(client) == str(User.objects.get(email="new@example.org").pk)


def test_keeps_the_language_of_the_page_for_messages(client):
    ask_code(client.__class__(HTTP_ACCEPT_LANGUAGE="en"), phone=PHONE)

    assert User.objects.with_phone(PHONE).language == "en"
    assert Notification.objects.get().language == "en"


def test_answers_members_and_strangers_alike(client):
    UserFactory(phone=PHONE)

    member = ask_code(client, phone=PHONE)
    stranger = ask_code(client.__class__(), phone="13900000009")

    assert (member.status_code, member.url) == (stranger.status_code, stranger.url)
    assert Notification.objects.count() == 2


def test_refuses_a_wrong_code(client):
    UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)
    wrong = "000000" if latest_code() != "000000" else "111111"

    answer = client.post(CONFIRM, {"code": wrong})

    assert "code" in answer.context["form"].errors
    assert signed_in_as(client) is None
    assert Event.objects.filter(action="account.code_refused", ok=False).exists()


def test_takes_no_code_after_three_wrong_ones(client):
    UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)
    code = latest_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong})

    client.post(CONFIRM, {"code": code})

    assert signed_in_as(client) is None


def test_refuses_a_code_after_five_minutes(client, monkeypatch):
    UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)

    answer = client.post(CONFIRM, {"code": latest_code()})

    assert answer.url == REQUEST
    assert signed_in_as(client) is None


def test_refuses_a_code_in_another_browser(client):
    UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)

    stranger = client.__class__()
    stranger.post(CONFIRM, {"code": latest_code()})

    assert signed_in_as(stranger) is None


def test_sends_five_codes_in_a_quarter_of_an_hour_and_no_more(client):
    for _ in range(6):
        answer = ask_code(client.__class__(), phone=PHONE)

    assert "phone" in answer.context["form"].errors
    assert Notification.objects.count() == 5


@pytest.mark.parametrize("who", [{}, {"phone": "123"}, {"phone": PHONE, "email": "a@b.org"}])
def test_asks_for_one_good_way_to_reach_the_person(client, who):
    answer = ask_code(client, **who)

    assert answer.context["form"].errors
    assert not User.objects.exists()


def test_begins_a_new_session_at_sign_in(client):
    UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)
    before = client.session.session_key

    client.post(CONFIRM, {"code": latest_code()})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_lets_nobody_in_whose_account_is_locked(client):
    UserFactory(phone=PHONE, is_active=False)
    ask_code(client, phone=PHONE)

    client.post(CONFIRM, {"code": latest_code()})

    assert signed_in_as(client) is None


def test_the_sign_up_page_leads_to_the_one_door(client):
    assert client.get("/accounts/signup/").url == REQUEST


def test_records_the_sign_in_and_the_sign_out(client):
    user = UserFactory(phone=PHONE)
    ask_code(client, phone=PHONE)
    client.post(CONFIRM, {"code": latest_code()})
    client.post("/accounts/logout/")

    signed_in, signed_out = Event.objects.filter(actor=user).order_by("pk")
    assert (signed_in.action, signed_in.facts) == ("account.signed_in", {"methods": ["code"]})
    assert signed_out.action == "account.signed_out"


def test_opening_an_account_twice_answers_the_first():
    now = UserFactory().joined_at

    first = open_account(phone=PHONE, language="en", now=now)
    second = open_account(phone=PHONE, language="en", now=now)

    assert first == second


def test_forgets_accounts_that_nobody_proved(client):
    proven = UserFactory()
    proven.last_login = proven.joined_at
    proven.save()
    open_account(phone=PHONE, language="en", now=proven.joined_at)

    assert forget_unproven(now=proven.joined_at) == 0
    assert forget_unproven(now=proven.joined_at.replace(year=2100)) == 1
    assert User.objects.get() == proven
