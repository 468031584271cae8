"""Sending what is due: once, in time, by the first channel that takes it."""

import hashlib
import hmac
import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from lishui_center.notifications import outbox, subjects
from lishui_center.notifications.delivery import CLAIM_FOR, send_one
from lishui_center.notifications.models import Notification, State
from lishui_center.notifications.tasks import send_due
from tests.factories.gateway import gateway
from tests.factories.notifications import BOOKING, NOON, recipient, written

pytestmark = pytest.mark.django_db
SUBJECT = ("visit", 1, 3)


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    return tmp_path


@pytest.fixture
def provider(settings):
    with gateway() as told:
        settings.SMS_URL = told.url
        yield told


@pytest.fixture
def visit(monkeypatch):
    """Lets a test say what the subject looks like when the message is sent."""

    def is_now(**fields: object) -> None:
        snapshot = subjects.Snapshot(**({"version": 3, "context": dict(BOOKING)} | fields))
        subjects.register("visit", lambda pks: dict.fromkeys(pks, snapshot))

    is_now()
    return is_now


def send(row: Notification, *, at=NOON) -> Notification:
    send_one(row.key, now=at)
    row.refresh_from_db()
    return row


def sent_texts(box) -> list[str]:
    return [json.loads(path.read_text("utf-8"))["text"] for path in box.glob("*.sms")]


def test_sends_what_is_due_by_sms(box):
    row = send(written())

    assert (row.state, row.channel, row.sent_at) == (State.SENT, "sms", NOON)
    assert sent_texts(box) == [row.text]


def test_leaves_what_is_not_due_yet(box):
    row = send(written(), at=NOON - timedelta(seconds=1))

    assert row.state == State.DUE
    assert not sent_texts(box)


def test_sends_one_key_once(box):
    row = send(written())

    send(row)

    assert len(sent_texts(box)) == 1


def test_task_sends_everything_due(box):
    for code in ("482913", "482914", "482915"):
        written(kind="sign_in_code", due_at=timezone.now(), context={"code": code})

    send_due()

    assert len(sent_texts(box)) == 3
    assert set(Notification.objects.values_list("state", flat=True)) == {State.SENT}


def test_fills_the_wording_from_the_subject_as_it_is_now(box, visit):
    row = written(subject=SUBJECT, context={})
    visit(context={**BOOKING, "centre": "赤山"}, centre_id=5)

    send(row)

    assert "在赤山办理" in sent_texts(box)[0]
    assert row.centre_id == 5


@pytest.mark.parametrize("change", [{"version": 4}, {"live": False}, {"ends_at": NOON}])
def test_drops_a_message_that_is_out_of_date(box, visit, change):
    row = written(subject=SUBJECT)
    visit(**change)

    assert send(row).state == State.DROPPED
    assert not sent_texts(box)


def test_drops_a_message_whose_subject_is_gone():
    subjects.register("visit", lambda pks: {})

    assert send(written(subject=SUBJECT)).state == State.DROPPED


@pytest.mark.parametrize("change", [{"live": False}, {"ends_at": NOON}])
def test_tells_about_the_end_of_a_subject(visit, change):
    visit(**change)

    assert send(written(kind="booking_cancelled", subject=SUBJECT)).state == State.SENT


def test_drops_a_message_that_comes_too_late():
    row = written(kind="sign_in_code", context={"code": "482913"})

    assert send(row, at=NOON + timedelta(minutes=6)).state == State.DROPPED
    assert row.secret_sealed == ""


def test_writes_in_the_persons_language(box):
    send(written(recipient=recipient(language="en")))

    assert sent_texts(box)[0].startswith("Booked: ")


def test_waits_for_the_morning_when_the_worker_comes_in_the_quiet_hours(box):
    row = send(written(), at=NOON.replace(hour=15))

    assert row.state == State.DUE
    assert row.next_at.isoformat() == "2026-11-25T00:00:00+00:00"
    assert not sent_texts(box)


def test_sends_at_any_hour_where_the_settings_know_no_quiet_hours(settings):
    settings.QUIET_FROM = settings.QUIET_UNTIL

    assert send(written(), at=NOON.replace(hour=15)).state == State.SENT


def test_sends_a_closure_at_night_when_it_is_about_today(visit):
    night = NOON.replace(hour=22)
    visit(day=date(2026, 11, 25), context={**BOOKING, "reason": "台风预警"})

    row = send(written(kind="centre_closed", subject=SUBJECT, due_at=night), at=night)

    assert row.state == State.SENT


def test_mails_a_person_without_a_phone(settings, box):
    settings.EMAIL_BACKEND = outbox.EMAIL_BACKEND
    row = send(written(recipient=recipient(phone="", email="chen@example.org")))

    assert (row.state, row.channel) == (State.SENT, "email")
    (mail,) = box.glob("*.eml")
    assert b"To: chen@example.org" in mail.read_bytes()
    assert "t=…" not in row.text


def test_leaves_a_message_in_the_inbox_of_a_person_with_nothing_else(django_user_model):
    user = django_user_model.objects.create_user("chen@example.org")

    row = send(written(recipient=recipient(phone="", user_id=user.pk)))

    assert (row.state, row.channel) == (State.SENT, "inbox")
    assert list(Notification.objects.in_inbox_of(user)) == [row]


def test_signs_what_it_gives_the_gateway(provider):
    row = send(written())

    request = provider.received.get_nowait()
    headers = request["headers"]
    signed = headers["X-Timestamp"].encode() + b"\n" + request["body"]
    assert headers["X-Signature"] == hmac.new(b"s@cret", signed, hashlib.sha256).hexdigest()
    assert (headers["Idempotency-Key"], headers["X-Key-Id"]) == (row.key, "lishui")
    assert (request["to"], row.state) == ("13800000001", State.SENT)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_tries_again_later_when_the_gateway_is_busy(provider, status):
    provider.answers = [status]
    row = send(written())

    assert (row.state, row.attempts) == (State.DUE, 1)
    assert row.next_at == NOON + timedelta(minutes=1)
    assert row.last_error == f"sms: HTTP {status}"
    assert send(row, at=row.next_at).state == State.SENT


def test_tries_again_later_when_nothing_listens(settings):
    settings.SMS_URL = "http://a:b@127.0.0.1:1/sms"

    assert send(written()).state == State.DUE


def test_fails_for_good_after_the_last_retry(provider):
    provider.answers = [500] * 9
    row = written()
    while row.next_at:
        send(row, at=row.next_at)

    assert (row.state, row.attempts) == (State.FAILED, 6)
    assert provider.received.qsize() == 6


def test_fails_at_once_when_refused(provider):
    provider.answers = [400]

    row = send(written())

    assert (row.state, row.last_error) == (State.FAILED, "sms: HTTP 400")


def test_mails_when_the_gateway_does_not_take_it(provider, mailoutbox):
    provider.answers = [400]

    row = send(written(recipient=recipient(email="chen@example.org")))

    assert (row.state, row.channel) == (State.SENT, "email")
    assert mailoutbox[0].to == ["chen@example.org"]


def test_marks_uncertain_when_the_gateway_does_not_answer(provider):
    provider.answers = [0]

    row = send(written())

    assert row.state == State.UNCERTAIN
    assert provider.received.qsize() == 1


def test_shows_staff_a_message_that_cannot_be_worded(box):
    row = send(written(context={}))

    assert (row.state, row.last_error) == (State.FAILED, "MissingFactError")
    assert not sent_texts(box)


def test_shows_staff_an_sms_that_is_too_long():
    row = send(written(kind="booking_cancelled", context={**BOOKING, "date": "十" * 60}))

    assert (row.state, row.last_error) == (State.FAILED, "sms: no wording fits")


def test_takes_over_from_a_worker_that_stopped_before_sending(box):
    row = written()
    claimed_until = NOON + CLAIM_FOR
    Notification.objects.update(state=State.CLAIMED, next_at=claimed_until)

    assert send(row).state == State.CLAIMED
    assert send(row, at=claimed_until).state == State.SENT
    assert len(sent_texts(box)) == 1


def test_writes_no_second_file_after_a_worker_that_stopped_while_sending(box):
    row = send(written())
    Notification.objects.update(state=State.SENDING, next_at=NOON, sent_at=None)

    assert send(row).state == State.SENT
    assert len(sent_texts(box)) == 1


def test_asks_staff_when_a_worker_stopped_while_the_gateway_had_it(provider):
    row = written()
    Notification.objects.update(state=State.SENDING, next_at=NOON, channel="sms")

    assert send(row).state == State.UNCERTAIN
    assert provider.received.empty()
