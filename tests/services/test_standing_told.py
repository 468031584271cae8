"""What a suspended person is told, sees and may do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.bookings.models import Booking, Status
from services.standing.access import link_token
from services.standing.actions import appeal, decide_appeal, lift, suspend
from services.standing.errors import NotPausedError, OwnRecordError, ReasonEmptyError
from services.standing.messages import standing_url, tell_suspended
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW, make_booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return UserFactory(phone="13700000001")


@pytest.fixture
def suspension(manager):
    booking = make_booking()
    Booking.objects.filter(pk=booking.pk).update(status=Status.NO_SHOW)
    return suspend(
        phone_hash=booking.phone_hash,
        cause_id=booking.pk,
        policy=booking.centre.policy,
        actor=manager,
        now=NOW,
    )


def sent(kind):
    message = Notification.objects.get(kind=kind)
    send_one(message.key, now=NOW)
    message.refresh_from_db()
    return message


def decide(suspension, manager, *, upheld, note="已核实"):
    appeal(suspension_id=suspension.pk, text="住院了", now=NOW)
    return decide_appeal(
        suspension_id=suspension.pk, upheld=upheld, note=note, actor=manager, now=NOW
    )


def test_is_told_until_when(suspension):
    policy = suspension.centre.policy

    tell_suspended(suspension, no_shows=3, policy=policy, due_at=NOW)

    message = sent("booking_suspended")
    assert message.state == State.SENT
    assert "暂停至12月25日" in message.text


def test_is_not_told_of_a_pause_lifted_meanwhile(suspension, manager):
    tell_suspended(suspension, no_shows=3, policy=suspension.centre.policy, due_at=NOW)

    lift(suspension_id=suspension.pk, actor=manager, reason="误记", now=NOW)

    assert sent("booking_suspended").state == State.DROPPED


@pytest.mark.parametrize(("upheld", "words"), [(True, "已通过"), (False, "未通过")])
def test_is_told_the_decision(suspension, manager, upheld, words):
    decide(suspension, manager, upheld=upheld)

    message = sent("appeal_decided")
    assert message.state == State.SENT
    assert words in message.text


def test_a_decision_needs_a_reason(suspension, manager):
    with pytest.raises(ReasonEmptyError):
        decide(suspension, manager, upheld=False, note=" \t ")

    assert not Notification.objects.filter(kind="appeal_decided").exists()


def test_nobody_decides_on_what_they_booked_for_another(suspension, manager):
    Booking.objects.update(user=manager)

    with pytest.raises(OwnRecordError):
        decide(suspension, manager, upheld=True)


def test_a_lifted_pause_is_not_appealed(suspension, manager):
    lift(suspension_id=suspension.pk, actor=manager, reason="误记", now=NOW)

    with pytest.raises(NotPausedError):
        appeal(suspension_id=suspension.pk, text="住院了", now=NOW)


def test_keeps_the_lines_of_an_appeal_and_no_control_characters(suspension):
    appealed = appeal(suspension_id=suspension.pk, text=" 住院了\r\n\x00有证明\x1b ", now=NOW)

    assert appealed.appeal_text == "住院了\n有证明"


@pytest.mark.parametrize("upheld", [True, False])
def test_the_page_tells_the_whole_story(client, suspension, manager, upheld):
    decide(suspension, manager, upheld=upheld)

    page = client.get(f"/standing/{link_token(suspension)}/").content.decode()

    assert "住院了" in page
    assert "已核实" in page
    assert standing_url(suspension).endswith(f"/standing/{link_token(suspension)}/")


def test_the_page_keeps_what_was_typed_too_late(client, suspension):
    Suspension.objects.update(appeal_until=timezone.now() - timedelta(days=1))

    answer = client.post(f"/standing/{link_token(suspension)}/", {"text": "住院了"})

    assert answer.status_code == 422
    assert "住院了" in answer.content.decode()


def test_the_signed_in_person_finds_it(client, suspension):
    client.force_login(UserFactory(phone="13900000001", phone_verified_at=NOW))

    answer = client.get(reverse("standing:mine"))

    assert answer["Location"] == f"/standing/{link_token(suspension)}/"


def test_an_unproven_phone_finds_nothing(client, suspension):
    client.force_login(UserFactory(phone="13900000001"))

    assert client.get(reverse("standing:mine")).status_code == 200
