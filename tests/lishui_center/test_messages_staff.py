"""What staff see of the message log, and sending again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.notifications.actions import NotResendableError, forget_old, resend
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from lishui_center.notifications.rules import RETENTION
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.notifications import NOON, failed, written

pytestmark = pytest.mark.django_db
LIST = reverse("messages:list")


def resend_url(row: Notification) -> str:
    return reverse("messages:resend", args=[row.pk])


@pytest.fixture
def clerk(client):
    user = staff_at(1)
    sign_in_staff(client, user)
    return user


def test_is_no_page_for_residents(client):
    client.force_login(UserFactory())

    assert client.get(LIST).status_code == 404


def test_shows_what_needs_somebody_first(client, clerk):
    failed(centre_id=1)
    failed(centre_id=1, state=State.UNCERTAIN, last_error="TimeoutError")
    failed(centre_id=1, state=State.SENT, sent_at=NOON, last_error="all fine")

    page = client.get(LIST).content.decode()

    assert "HTTP 400" in page
    assert "TimeoutError" in page
    assert "all fine" not in page
    assert "all fine" in client.get(LIST, {"state": "all"}).content.decode()


def test_narrows_by_kind(client, clerk):
    failed(centre_id=1, kind="booking_changed", last_error="moved")
    failed(centre_id=1, kind="booking_cancelled", last_error="cancelled")

    page = client.get(LIST, {"kind": "booking_changed"}).content.decode()

    assert "moved" in page
    assert "cancelled</small>" not in page


def test_shows_only_messages_of_the_clerks_centres(client, clerk):
    failed(centre_id=2, last_error="elsewhere")
    failed(centre_id=None, last_error="nowhere")

    page = client.get(LIST, {"state": "all"}).content.decode()

    assert "elsewhere" not in page
    assert "nowhere" not in page


def test_shows_the_town_everything(client):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    failed(centre_id=2, last_error="elsewhere")
    failed(centre_id=None, last_error="nowhere")

    page = client.get(LIST).content.decode()

    assert "elsewhere" in page
    assert "nowhere" in page


def test_masks_the_phone(client, clerk):
    failed(centre_id=1)

    page = client.get(LIST).content.decode()

    assert "138****0001" in page
    assert "13800000001" not in page


def test_lists_twelve_with_as_many_queries_as_one(client, clerk):
    counts = []
    for further in (1, 11):
        for _ in range(further):
            failed(centre_id=1)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_sends_a_failed_message_again_with_a_reason(client, clerk, settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    row = failed(centre_id=1, attempts=6)

    assert client.post(resend_url(row), {"reason": "号码已更正"}).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.attempts, row.resends) == (State.DUE, 0, 1)
    event = Event.objects.get(action="notification.resent")
    assert (event.reason, event.centre_id, event.actor_id) == ("号码已更正", 1, clerk.pk)


def test_asks_for_the_reason(client, clerk):
    row = failed(centre_id=1)

    assert client.get(resend_url(row)).status_code == 200
    assert client.post(resend_url(row), {"reason": " "}).status_code == 422
    row.refresh_from_db()
    assert row.state == State.FAILED


@pytest.mark.parametrize("fields", [{"centre_id": 2}, {"centre_id": 1, "kind": "sign_in_code"}])
def test_offers_no_resend_of_what_is_not_the_clerks(client, clerk, fields):
    assert client.get(resend_url(failed(**fields))).status_code == 404


def test_a_resend_is_a_new_message_to_the_provider(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    row = written()
    send_one(row.key, now=NOON)
    Notification.objects.update(state=State.UNCERTAIN, sent_at=None)
    row.refresh_from_db()

    resend(row, staff=UserFactory(), reason="lost", now=NOON)
    send_one(row.key, now=NOON)

    assert len(list(tmp_path.iterdir())) == 2


def test_refuses_to_resend_what_was_sent_meanwhile():
    row = failed()
    Notification.objects.update(state=State.SENT, sent_at=NOON)

    with pytest.raises(NotResendableError):
        resend(row, staff=UserFactory(), reason="lost", now=NOON)
    assert not Event.objects.filter(action="notification.resent").exists()


def test_forgets_finished_messages_after_half_a_year():
    kept, waiting = failed(created_at=NOON), written()
    failed(created_at=NOON.replace(year=2025))
    Notification.objects.filter(pk=waiting.pk).update(created_at=NOON.replace(year=2025))
    now = NOON + RETENTION

    assert forget_old(now=now) == 1
    assert forget_old(now=now) == 0
    assert set(Notification.objects.all()) == {kept, waiting}
