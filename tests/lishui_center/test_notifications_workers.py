"""Real worker processes: they deliver, share the work, and may be killed at any moment."""

import json

import pytest
from django.utils import timezone

from lishui_center.notifications.models import Notification, State
from tests.factories.accounts import UserFactory
from tests.factories.gateway import gateway
from tests.factories.house import WORKER, house, wait_until
from tests.factories.notifications import recipient, written

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEND_DUE = "from lishui_center.notifications.tasks import send_due; send_due()"


@pytest.fixture
def box(tmp_path):
    folder = tmp_path / "outbox"
    folder.mkdir()
    return folder


def write_codes(number: int) -> set[str]:
    """Codes, because they may go out at any hour the test runs; their texts."""
    codes = [f"{100_000 + n}" for n in range(number)]
    for code in codes:
        written(kind="sign_in_code", due_at=timezone.now(), context={"code": code})
    return set(codes)


def codes_in(box) -> list[str]:
    return [json.loads(path.read_text("utf-8"))["text"][3:9] for path in box.glob("*.sms")]


def let_claims_expire() -> None:
    open_states = (State.CLAIMED, State.SENDING)
    Notification.objects.filter(state__in=open_states).update(next_at=timezone.now())


@pytest.mark.parametrize("broker", ["files", "redis"])
def test_worker_and_beat_deliver_a_reminder(tmp_path, box, broker, request):
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    user = UserFactory()
    with house(tmp_path, REDIS_URL=url) as running:
        running.start(*WORKER, "--beat")
        (code,) = write_codes(1)
        reminder = written(
            kind="booking_same_day",
            due_at=timezone.now(),
            recipient=recipient(user_id=user.pk),
        )
        wait_until(lambda: code in codes_in(box))
        arrived = Notification.objects.in_inbox_of(user).filter(state=State.SENT)
        wait_until(lambda: arrived.filter(pk=reminder.pk).exists())

    assert len(codes_in(box)) == 2


@pytest.mark.parametrize("broker", ["files", "redis"])
def test_a_new_message_wakes_the_worker_before_beat_would(tmp_path, box, broker, request):
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    with house(tmp_path, REDIS_URL=url) as running:
        running.start(*WORKER)
        running.run(
            "from django.utils import timezone\n"
            "from tests.factories.notifications import written\n"
            "written(kind='sign_in_code', due_at=timezone.now(), context={'code': '482913'})"
        )

        wait_until(lambda: codes_in(box))


def test_writing_does_not_wait_for_a_broker_that_is_gone(tmp_path):
    with house(tmp_path, REDIS_URL="redis://127.0.0.1:1/0") as running:
        running.run(
            "from time import monotonic\n"
            "from django.utils import timezone\n"
            "from tests.factories.notifications import written\n"
            "begun = monotonic()\n"
            "written(due_at=timezone.now())\n"
            "written(due_at=timezone.now())\n"
            "assert monotonic() - begun < 2"
        )

    assert Notification.objects.filter(state=State.DUE).count() == 2


def test_two_workers_at_once_send_each_message_once(tmp_path):
    write_codes(100)
    with gateway() as provider, house(tmp_path, SMS_URL=provider.url) as running:
        code = f"import django; django.setup()\n{SEND_DUE}"
        workers = [running.start("-c", code) for _ in range(2)]
        assert [worker.wait(60) for worker in workers] == [0, 0]

    keys = [request["headers"]["Idempotency-Key"] for request in provider.received.queue]
    assert len(keys) == len(set(keys)) == 100
    assert Notification.objects.filter(state=State.SENT).count() == 100


def test_killed_workers_lose_and_repeat_nothing(tmp_path, box):
    codes = write_codes(200)
    with house(tmp_path) as running:
        for kill_at in (20, 60, 100, 140):
            worker = running.start("-c", f"import django; django.setup()\n{SEND_DUE}")
            wait_until(lambda enough=kill_at: len(codes_in(box)) >= enough)
            running.kill(worker)
            assert Notification.objects.exclude(next_at=None).exists()
            let_claims_expire()
        running.run(SEND_DUE)

    assert sorted(codes_in(box)) == sorted(codes)
    assert set(Notification.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_worker_killed_while_the_gateway_has_the_message_leaves_it_uncertain(tmp_path):
    write_codes(1)
    with gateway() as provider, house(tmp_path, SMS_URL=provider.url) as running:
        provider.hold.clear()
        worker = running.start(*WORKER, "--beat")
        provider.received.get(timeout=30)
        running.kill(worker)
        provider.hold.set()
        assert Notification.objects.get().state == State.SENDING

        let_claims_expire()
        running.run(SEND_DUE)

    assert Notification.objects.get().state == State.UNCERTAIN
    assert provider.received.empty()
