"""The person's inbox, and the developer's outbox."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lishui_center.notifications import outbox
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification
from lishui_center.notifications.views import dev_outbox
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, recipient, written

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    settings.EMAIL_BACKEND = outbox.EMAIL_BACKEND


def told(user, **fields) -> Notification:
    row = written(recipient=recipient(user_id=user.pk), **fields)
    send_one(row.key, now=NOON)
    return row


def test_asks_a_visitor_to_sign_in(client):
    assert client.get(INBOX).status_code == 302


def test_shows_a_person_only_their_own_messages(client):
    me = UserFactory()
    told(me, kind="booking_confirmed")
    told(UserFactory(), kind="booking_cancelled")
    client.force_login(me)

    page = client.get(INBOX).content.decode()

    assert "预约码K7Q2M9" in page
    assert "失效" not in page


def test_keeps_codes_and_link_tokens_out_of_the_inbox(client):
    me = UserFactory()
    told(me, kind="sign_in_code", context={"code": "482913"})
    client.force_login(me)

    page = client.get(INBOX).content.decode()

    assert "482913" not in page
    assert "secret-token" not in page


def test_a_message_is_new_until_it_was_shown(client):
    me = UserFactory()
    row = told(me)
    client.force_login(me)

    first, second = client.get(INBOX), client.get(INBOX)

    row.refresh_from_db()
    assert row.read_at
    assert b"pill-open" in first.content
    assert b"pill-open" not in second.content


def test_reads_an_inbox_of_twelve_with_as_many_queries_as_of_one(client):
    me = UserFactory()
    client.force_login(me)
    counts = []
    for further in (1, 11):
        for _ in range(further):
            told(me)
        with CaptureQueriesContext(connection) as queries:
            client.get(INBOX)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_outbox_shows_sms_and_mails_with_their_codes(rf, settings):
    for to in ({}, {"phone": "", "email": "chen@example.org", "language": "en"}):
        row = written(
            kind="sign_in_code",
            due_at=timezone.now(),
            context={"code": "482913"},
            recipient=recipient(**to),
        )
        send_one(row.key, now=timezone.now())

    mail, sms = outbox.newest(5)

    assert (sms.channel, sms.to, sms.code) == ("sms", "13800000001", "482913")
    assert (mail.channel, mail.to, mail.code) == ("email", "chen@example.org", "482913")
    assert mail.subject == "Your code: 482913"
    assert "482913" in dev_outbox(rf.get("/dev/outbox/")).content.decode()


def test_outbox_is_no_page_without_debug(client):
    assert client.get("/dev/outbox/").status_code == 404
