"""Staff sign in by password and a second step; the session ends when nobody works."""

import json
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.utils import timezone

from lishui_center.accounts.access import BACKGROUND_HEADER
from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.encryption import unseal
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
PAGE = "/staff/roles/"
PASSWORD = "correct horse battery"


@pytest.fixture
def manager():
    user = staff_at(1, role=Role.CENTRE_MANAGER, email="manager@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def latest_code() -> str:
    return json.loads(unseal(Notification.objects.latest("pk").secret_sealed))["code"]


def give_password(client, password=PASSWORD, login="manager@example.org"):
    return client.post(LOGIN, {"login": login, "password": password})


def totp_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


def test_a_password_alone_does_not_sign_in(client, manager):
    answer = give_password(client)

    assert answer.url == "/accounts/login/code/confirm/"
    assert "_auth_user_id" not in client.session


def test_password_and_code_open_the_staff_pages(client, manager):
    give_password(client)
    answer = client.post("/accounts/login/code/confirm/", {"code": latest_code()})

    assert answer.url == "/staff/"
    assert client.get(PAGE).status_code == 200


def test_password_and_authenticator_open_the_staff_pages(client, manager):
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)

    answer = give_password(client)
    client.post(answer.url, {"code": totp_of(secret)})

    assert answer.url == "/accounts/2fa/authenticate/"
    assert not Notification.objects.exists()
    assert client.get(PAGE).status_code == 200


def test_a_wrong_authenticator_code_is_refused(client, manager):
    TOTP.activate(manager, generate_totp_secret())

    answer = give_password(client)
    client.post(answer.url, {"code": "000000"})

    assert "_auth_user_id" not in client.session


def test_secrets_of_authenticators_are_sealed(manager):
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    RecoveryCodes.activate(manager)

    stored = json.dumps([a.data for a in Authenticator.objects.all()])

    assert secret not in stored


def test_a_code_by_phone_alone_has_to_be_followed_by_the_password(client, manager):
    client.post("/accounts/login/code/", {"email": "manager@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": latest_code()})

    refused = client.get(PAGE)
    client.post(refused.url, {"password": PASSWORD})

    assert refused.url == f"/accounts/reauthenticate/?next={PAGE}"
    assert client.get(PAGE).status_code == 200


def test_staff_without_a_password_are_asked_to_set_one(client):
    client.force_login(staff_at(1, role=Role.CENTRE_MANAGER))

    assert client.get(PAGE).url == f"/accounts/password/set/?next={PAGE}"


def test_visitors_are_sent_to_the_staff_sign_in(client):
    assert client.get(PAGE).url == f"{LOGIN}?next={PAGE}"


def test_residents_find_no_staff_page(client):
    sign_in_staff(client, UserFactory())

    assert client.get(PAGE).status_code == 404


def test_clerks_find_no_manager_page(client):
    sign_in_staff(client, staff_at(1))

    assert client.get(PAGE).status_code == 404


def test_a_role_that_ended_yesterday_opens_nothing(client, manager):
    sign_in_staff(client, manager)
    manager.role_grants.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert client.get(PAGE).status_code == 404


def test_another_persons_second_step_does_not_count(client, manager):
    sign_in_staff(client, manager)
    records = client.session["account_authentication_methods"]
    client.force_login(staff_at(1, role=Role.CENTRE_MANAGER))
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(manager.pk)
    session.save()

    assert client.get(PAGE).status_code == 302


def test_five_wrong_passwords_lock_the_sign_in(client, manager):
    for _ in range(5):
        give_password(client, "wrong")

    answer = give_password(client)

    assert answer.status_code == 200
    assert "20" in str(answer.context["form"].errors)
    assert Event.objects.filter(action="account.password_refused", ok=False).count() == 5


def test_the_lock_opens_after_twenty_minutes(client, manager, monkeypatch):
    for _ in range(5):
        give_password(client, "wrong")
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 1199)
    assert give_password(client).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 1201)
    assert give_password(client).status_code == 302


def test_the_lock_of_one_phone_leaves_others_alone(client, manager):
    for _ in range(5):
        give_password(client, "wrong", login="13900000009")

    assert give_password(client, login=manager.phone).status_code == 302


def test_a_staff_session_ends_after_thirty_idle_minutes(client, manager):
    sign_in_staff(client, manager)
    client.get(PAGE)
    session = Session.objects.get(session_key=client.session.session_key)

    idle = session.expire_date - timezone.now()
    assert timedelta(minutes=29) < idle <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now())
    assert client.get(PAGE).url == f"{LOGIN}?next={PAGE}"


def test_the_thirty_minutes_begin_at_the_sign_in(client, manager):
    give_password(client)
    client.post("/accounts/login/code/confirm/", {"code": latest_code()})

    assert client.session.get_expiry_age() == 1800


def test_work_keeps_the_session_awake_at_one_write_a_minute(client, manager, monkeypatch):
    sign_in_staff(client, manager)
    client.get(PAGE)
    first = client.session["staff_seen_at"]

    client.get(PAGE)
    assert client.session["staff_seen_at"] == first
    monkeypatch.setattr(time, "time", lambda: first + 61)
    client.get(PAGE)
    assert client.session["staff_seen_at"] == first + 61


def test_a_page_that_refreshes_itself_keeps_nothing_awake(client, manager, monkeypatch):
    sign_in_staff(client, manager)
    client.get(PAGE)
    first = client.session["staff_seen_at"]

    monkeypatch.setattr(time, "time", lambda: first + 600)
    client.get(PAGE, headers={BACKGROUND_HEADER: "1"})

    assert client.session["staff_seen_at"] == first


def test_django_admin_is_open_to_the_town_administrator_with_two_factors(client):
    admin = town_wide(Role.TOWN_ADMIN)

    client.force_login(admin)
    assert client.get("/django-admin/").status_code == 302
    sign_in_staff(client, admin)
    assert client.get("/django-admin/").status_code == 200


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EXPERT])
def test_django_admin_is_closed_to_others(client, role):
    sign_in_staff(client, town_wide(role))

    assert client.get("/django-admin/", follow=True).status_code == 404


@pytest.mark.parametrize("model", ["account/emailaddress", "mfa/authenticator", "auth/group"])
def test_django_admin_hands_out_no_addresses_and_second_factors(client, model):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    assert client.get(f"/django-admin/{model}/").status_code == 404


def test_django_admin_shows_masked_people_and_audits_what_it_changes(client):
    resident = UserFactory(display_name="陈小怡")
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    page = client.get("/django-admin/accounts/user/")
    client.post(f"/django-admin/accounts/user/{resident.pk}/change/", {})

    resident.refresh_from_db()
    event = Event.objects.get(action="admin.changed")
    assert "陈小怡" not in page.content.decode()
    assert not resident.is_active
    assert (event.target_id, event.facts) == (str(resident.pk), {"fields": ["May sign in"]})


@pytest.mark.parametrize(
    "path",
    ["login/", "login/code/", "password/reset/"],
)
def test_every_page_before_the_sign_in_can_be_drawn(client, path):
    assert client.get(f"/accounts/{path}").status_code == 200


@pytest.mark.ignore_template_errors  # allauth's own templates ask for what may be missing
@pytest.mark.parametrize(
    "path",
    [
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
        "email/",
        "logout/",
        "password/change/",
        "phone/change/",
        "reauthenticate/",
    ],
)
def test_every_page_of_the_account_can_be_drawn(client, manager, path):
    sign_in_staff(client, manager)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()

    assert client.get(f"/accounts/{path}").status_code == 200
