"""Asking for messages: written once, in the caller's transaction."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lishui_center.common.encryption import unseal
from lishui_center.notifications import waking
from lishui_center.notifications.actions import notify, notify_all, send_now
from lishui_center.notifications.models import Notification, State
from tests.factories.notifications import NOON, message, recipient, written

pytestmark = pytest.mark.django_db


def test_writes_all_messages_in_one_statement():
    with CaptureQueriesContext(connection) as queries:
        notify_all([message() for _ in range(3)])

    assert len(queries) == 1
    assert Notification.objects.filter(state=State.DUE).count() == 3


def test_leaves_a_key_that_exists_alone():
    first = message(key="once")
    notify(first)

    notify_all([message(key="once", kind="booking_changed"), message(key="other")])

    assert Notification.objects.get(key="once").kind == "booking_confirmed"
    assert Notification.objects.filter(key="other").exists()


def test_asks_nothing_of_the_database_for_no_messages():
    with CaptureQueriesContext(connection) as queries:
        notify_all([])

    assert not queries.captured_queries


def test_keeps_what_the_message_says():
    row = written(
        subject=("booking", 7, 3), context={"date": "11月25日"}, recipient=recipient(language="en")
    )

    assert (row.subject_kind, row.subject_id, row.subject_version) == ("booking", 7, 3)
    assert row.context == {"date": "11月25日"}
    assert (row.language, unseal(row.phone_sealed)) == ("en", "13800000001")
    assert row.due_at == row.next_at == NOON


def test_moves_a_reminder_out_of_the_quiet_hours():
    row = written(kind="booking_same_day", due_at=NOON.replace(hour=22))

    assert row.due_at.astimezone().isoformat() == "2026-11-24T20:00:00+08:00"


def test_is_gone_with_the_transaction_that_asked():
    with transaction.atomic():
        notify(message(key="undone"))
        transaction.set_rollback(True)

    assert not Notification.objects.exists()


def test_keeps_a_code_sealed_until_it_is_sent():
    row = written(kind="sign_in_code", context={"code": "482913"})

    assert row.context == {}
    assert "482913" not in row.secret_sealed
    assert "482913" in unseal(row.secret_sealed)


def test_sends_a_code_right_after_the_commit_without_a_worker(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.OUTBOX_DIR = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        send_now(
            message(
                key="code",
                kind="sign_in_code",
                due_at=timezone.now(),
                context={"code": "482913"},
            )
        )
        assert not list(tmp_path.iterdir())

    (sms,) = tmp_path.iterdir()
    assert "482913" in sms.read_text("utf-8")
    row = Notification.objects.get(key="code")
    assert row.state == State.SENT
    assert row.secret_sealed == ""
    assert row.text.startswith("验证码••••••，5分钟内有效")


def test_rings_for_the_worker_at_most_once_a_second(
    monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(waking.doorbell, "quiet_until", 0.0)
    waking.wake_worker()
    until = waking.doorbell.quiet_until

    waking.wake_worker()

    assert until > 0
    assert waking.doorbell.quiet_until == until


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"next_at": None},
        {"state": State.SENT, "next_at": None, "sent_at": None},
        {"phone_sealed": ""},
    ],
)
def test_refuses_impossible_rows(changes):
    row = written()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk=row.pk).update(**changes)
