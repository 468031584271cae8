"""One's own account: profile, ways to sign in, a copy of the data, closing."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from lishui_center.accounts import privacy
from lishui_center.accounts.actions import StillInOfficeError, close_account, erase_account
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from lishui_center.accounts.tasks import erase_closed, forget_sessions
from lishui_center.audit.models import Event
from lishui_center.common.encryption import unseal
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory, staff_at, town_wide

pytestmark = pytest.mark.django_db

PHONE = "13812340001"


@pytest.fixture
def resident(client):
    user = UserFactory(phone=PHONE, display_name="陈小怡")
    client.force_login(user)
    return user


@pytest.fixture
def part():
    """An app above that holds a note about people."""
    notes = {}
    privacy.register(
        "notes", export=lambda user: notes.get(user.pk), erase=lambda user: notes.clear()
    )
    yield notes
    privacy.PARTS.pop("notes")


def message_to(user: User) -> None:
    now = timezone.now()
    Notification.objects.create(
        key="k",
        kind="booking_moved",
        user=user,
        created_at=now,
        due_at=now,
        next_at=now,
        text="You moved.",
    )


def latest_code() -> str:
    return json.loads(unseal(Notification.objects.latest("pk").secret_sealed))["code"]


@pytest.mark.parametrize("path", ["/account/", "/account/export/"])
def test_visitors_are_sent_to_the_sign_in(client, path):
    assert client.get(path).url == f"/accounts/login/code/?next={path}"


@pytest.mark.parametrize("act", ["sign-out-everywhere", "close", "reopen"])
def test_changes_need_a_post(client, resident, act):
    assert client.get(f"/account/{act}/").status_code == 405


def test_shows_the_own_phone_masked(client, resident):
    page = client.get("/account/").content.decode()

    assert "138****0001" in page
    assert PHONE not in page


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.TOWN_ADMIN, {"/staff/roles/", "/staff/audit/"}),
        (Role.AUDITOR, {"/staff/audit/"}),
        (Role.VOLUNTEER, set()),
    ],
)
def test_leads_staff_to_their_pages(client, role, links):
    client.force_login(town_wide(role))

    page = client.get("/account/").content.decode()

    assert {link for link in ("/staff/roles/", "/staff/audit/") if link in page} == links


def test_saves_the_name_and_the_language(client, resident):
    answer = client.post("/account/", {"display_name": " 陈\u202e大  怡 ", "language": "en"})

    resident.refresh_from_db()
    assert answer.url == "/account/"
    assert (resident.display_name, resident.language) == ("陈大 怡", "en")


@pytest.mark.parametrize(
    ("field", "value"), [("display_name", "长" * 61), ("language", "fr"), ("language", "")]
)
def test_refuses_a_bad_profile(client, resident, field, value):
    answer = client.post("/account/", {"display_name": "陈", "language": "en"} | {field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_changes_the_phone_by_a_code_sent_to_the_new_one(client, resident):
    client.post("/accounts/phone/change/", {"phone": "139 0000 0009"})
    assert unseal(Notification.objects.get().phone_sealed) == "13900000009"

    client.post("/accounts/phone/verify/", {"code": latest_code()})

    resident.refresh_from_db()
    assert resident.phone == "13900000009"
    assert resident.phone_verified_at
    assert Event.objects.filter(action="account.phone_changed", actor=resident).exists()


def test_keeps_the_phone_while_the_code_is_wrong(client, resident):
    client.post("/accounts/phone/change/", {"phone": "13900000009"})

    client.post("/accounts/phone/verify/", {"code": "x"})

    resident.refresh_from_db()
    assert resident.phone == PHONE


def test_takes_no_phone_of_somebody_else(client, resident):
    UserFactory(phone="13900000009")
    client.post("/accounts/phone/change/", {"phone": "13900000009"})

    client.post("/accounts/phone/verify/", {"code": latest_code()})

    resident.refresh_from_db()
    assert resident.phone == PHONE


def test_adds_an_e_mail_by_a_code(client, resident):
    client.post("/accounts/email/", {"email": "ann@example.org", "action_add": ""})
    assert User.objects.get(pk=resident.pk).email == ""

    client.post("/accounts/confirm-email/", {"code": latest_code()})

    resident.refresh_from_db()
    assert resident.email == "ann@example.org"
    assert EmailAddress.objects.get(user=resident).verified


def test_staff_reset_a_forgotten_password_by_a_code(client):
    user = staff_at(1, email="clerk@example.org")
    user.set_password("an old pass phrase")
    user.save()

    client.post("/accounts/password/reset/", {"email": "clerk@example.org"})
    client.post("/accounts/password/reset/confirm/", {"code": latest_code()})
    client.post(
        "/accounts/password/reset/complete/",
        {"password1": "brand new phrase", "password2": "brand new phrase"},
    )

    user.refresh_from_db()
    assert user.check_password("brand new phrase")
    assert "_auth_user_id" not in client.session


def test_signs_out_every_other_device(client, resident):
    elsewhere = client.__class__()
    elsewhere.force_login(resident)

    client.post("/account/sign-out-everywhere/")

    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_downloads_all_that_is_held(client, resident, part):
    part[resident.pk] = "likes evenings"
    message_to(resident)

    answer = client.get("/account/export/")

    data = json.loads(answer.content)
    assert data["messages"] == [{"kind": "booking_moved", "text": "You moved.", "sent_at": None}]
    assert "attachment" in answer["Content-Disposition"]
    assert data["account"]["phone"] == PHONE
    assert data["account"]["name"] == "陈小怡"
    assert data["notes"] == "likes evenings"
    assert data["roles"] == []


def test_closes_and_keeps_the_account(client, resident):
    client.post("/account/close/")
    resident.refresh_from_db()
    assert resident.closed_at
    assert "/account/reopen/" in client.get("/account/").content.decode()

    client.post("/account/reopen/")
    resident.refresh_from_db()
    assert resident.closed_at is None


def test_nobody_in_office_closes_the_account(client):
    with pytest.raises(StillInOfficeError):
        close_account(user=staff_at(1), now=timezone.now())


def test_the_page_says_why_the_account_stays_open(client):
    client.force_login(staff_at(1))

    page = client.post("/account/close/", follow=True)

    assert str(StillInOfficeError()) in [str(m) for m in page.context["messages"]]


def test_erases_after_thirty_days_and_not_before(resident):
    now = timezone.now()
    close_account(user=resident, now=now)

    assert not erase_account(user_id=resident.pk, now=now + timedelta(days=29, hours=23))
    assert erase_account(user_id=resident.pk, now=now + timedelta(days=30))
    assert not erase_account(user_id=resident.pk, now=now + timedelta(days=31))


def test_erasing_empties_the_row_and_every_part(client, resident, part):
    part[resident.pk] = "likes evenings"
    message_to(resident)
    EmailAddress.objects.create(user=resident, email="ann@example.org")
    User.objects.update(email="ann@example.org", closed_at=timezone.now() - timedelta(days=31))

    erase_closed()

    resident.refresh_from_db()
    assert (resident.display_name, resident.email, resident.phone) == ("", "", "")
    assert not resident.is_active
    assert not EmailAddress.objects.exists()
    assert part == {}
    assert not Notification.objects.exists()
    assert client.get("/account/").status_code == 302
    assert Event.objects.get(action="account.erased").target_id == str(resident.pk)


def test_the_phone_of_an_erased_account_opens_a_new_one(client, resident):
    User.objects.update(closed_at=timezone.now() - timedelta(days=31))
    erase_closed()

    newcomer = UserFactory(phone=PHONE)

    assert User.objects.with_phone(PHONE) == newcomer


@pytest.mark.parametrize("field", ["email", "phone"])
def test_the_database_refuses_two_accounts_for_one_person(field):
    value = {"email": "ann@example.org", "phone": PHONE}[field]
    UserFactory(**{field: value})

    with pytest.raises(IntegrityError):
        UserFactory(**{field: value})


def test_people_without_phone_or_mail_do_not_collide():
    UserFactory.create_batch(2, phone="", email="")


def test_the_page_needs_few_queries(client, resident, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/account/")


def test_sessions_that_ended_are_forgotten(client):
    client.force_login(UserFactory())
    Session.objects.update(expire_date=timezone.now())
    Client().force_login(UserFactory())

    forget_sessions()

    assert Session.objects.get().expire_date > timezone.now()
