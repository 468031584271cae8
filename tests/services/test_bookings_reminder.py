"""A booking's reminder, from the action to the outbox and the inbox, by a real worker and beat."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lishui_center.audit.models import Event
from lishui_center.audit.triggers import lifted
from lishui_center.common.clock import moment, today
from lishui_center.notifications.models import Notification, State
from services.bookings.visitors import make_visitor
from services.changes.actions import move_booking
from tests.factories.accounts import UserFactory
from tests.factories.house import WORKER, house, wait_until
from tests.factories.services import make_booking, open_offering

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _trail_removed():
    """Beat sealed the audit trail too, and nothing but this removes what is sealed."""
    yield
    with lifted(connection):
        Event.objects.all().delete()


@pytest.mark.parametrize("broker", ["files", "redis"])
def test_the_reminder_of_the_day_before_arrives_and_an_outdated_one_does_not(
    tmp_path, broker, request
):
    now, user = timezone.now(), UserFactory(phone="13900000001")
    visitor = make_visitor(name="陈小怡", phone=user.phone, language="zh-hans", user=user)
    morning = moment(today(now) + timedelta(days=2), 40)
    booking = make_booking(
        open_offering(now), visitor=visitor, start=morning, now=now - timedelta(days=1)
    )
    move_booking(booking_id=booking.pk, start=morning + timedelta(hours=4), now=now)
    hour_has_come()

    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    with house(tmp_path, REDIS_URL=url) as running:
        running.start(*WORKER, "--beat")
        wait_until(lambda: not Notification.objects.filter(state=State.DUE).exists())

    texts = [json.loads(sms.read_text("utf-8"))["text"] for sms in tmp_path.glob("outbox/*.sms")]
    reminders = [text for text in texts if "来不了" in text]
    assert len(reminders) == 1
    # On days with a short date the text has room for the end of the time too.
    words = rf"14:00(-14:15)?到镇中心办理居住证签注，预约码{booking.reference}"
    assert re.search(words, reminders[0])
    inbox = Notification.objects.in_inbox_of(user)
    assert inbox.filter(kind="booking_day_before", state=State.SENT).count() == 1
    outdated = Notification.objects.get(kind="booking_day_before", subject_version=1)
    assert outdated.state == State.DROPPED


def hour_has_come() -> None:
    """Let it be the time at which everything written so far is due."""
    Notification.objects.update(due_at=timezone.now(), next_at=timezone.now())
